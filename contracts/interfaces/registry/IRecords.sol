// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Binding} from "../../types/Binding.sol";
import {BindingRecord, BindingStatus} from "../../types/BindingRecord.sol";
import {BindingId, SignerId} from "../../types/Ids.sol";

/// @title Records of the identity registry
/// @notice Where bindings stand, and who was liable when.
interface IRecords {
    /// @notice Where a binding stands now. `NONE` when it is not recorded.
    function check(Binding calldata binding) external view returns (BindingStatus);

    /// @notice Where the binding of this id stands now. `NONE` when it is not recorded.
    function statusOf(BindingId bindingId) external view returns (BindingStatus);

    /// @notice The record of a binding, as a mark on its attester leaves it; all zero when there is none.
    function recordOf(BindingId bindingId) external view returns (BindingRecord memory);

    /// @notice The newest binding of a device, ended or not; 0 when it was never bound.
    function headOf(SignerId deviceId) external view returns (BindingId);

    /// @notice Whether the binding's party answers for what the device did at a past moment. A suspension does not
    /// interrupt liability. The answer never changes once that second is over; within it, a message may still end or
    /// start the binding.
    ///
    /// Requirements:
    /// - `time` is not in the future
    ///
    /// @param time seconds
    function liableAt(Binding calldata binding, uint40 time) external view returns (bool);
}
