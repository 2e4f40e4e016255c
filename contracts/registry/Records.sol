// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {Binding, BindingRecord, BindingStatus, BindingType} from "../types/Binding.sol";
import {BindingId, SignerId} from "../types/Ids.sol";

/// @notice What is stored of bindings, and where they stand in time.
abstract contract Records is IIdentityRegistry {
    using BindingType for Binding;

    mapping(BindingId bindingId => BindingRecord record) internal _records;
    mapping(SignerId deviceId => BindingId bindingId) internal _heads;

    /// @inheritdoc IIdentityRegistry
    function check(Binding calldata binding) external view returns (BindingStatus) {
        return _statusNow(_records[binding.id()]);
    }

    /// @inheritdoc IIdentityRegistry
    function statusOf(BindingId bindingId) external view returns (BindingStatus) {
        return _statusNow(_records[bindingId]);
    }

    /// @inheritdoc IIdentityRegistry
    function recordOf(BindingId bindingId) external view returns (BindingRecord memory) {
        return _records[bindingId];
    }

    /// @inheritdoc IIdentityRegistry
    function headOf(SignerId deviceId) external view returns (BindingId) {
        return _heads[deviceId];
    }

    /// @inheritdoc IIdentityRegistry
    function liableAt(Binding calldata binding, uint40 time) external view returns (bool) {
        if (time > block.timestamp) revert IdentityRegistry_FutureTime(time, block.timestamp);
        BindingRecord memory record = _records[binding.id()];
        return record.status != BindingStatus.NONE && record.startedAt <= time && time < record.endsAt;
    }

    function _statusNow(BindingRecord memory record) internal view returns (BindingStatus) {
        if (!_isLasting(record.status)) return record.status;
        if (block.timestamp >= record.endsAt) return BindingStatus.EXPIRED;
        // A suspension made in advance is told before the start, since it is what has to be lifted.
        if (record.status == BindingStatus.ACTIVE && block.timestamp < record.startedAt) return BindingStatus.PENDING;
        return record.status;
    }

    /// @dev Neither absent nor ended by a message; time may still have ended it.
    function _isLasting(BindingStatus status) internal pure returns (bool) {
        return status == BindingStatus.ACTIVE || status == BindingStatus.SUSPENDED;
    }
}
