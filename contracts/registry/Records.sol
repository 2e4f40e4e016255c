// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {Binding, BindingType} from "../types/Binding.sol";
import {BindingRecord, BindingStatus, RecordSlot, RecordWord} from "../types/BindingRecord.sol";
import {BindingId, SignerId} from "../types/Ids.sol";

/// @notice What is stored of bindings, and where they stand in time.
abstract contract Records is IIdentityRegistry {
    using BindingType for Binding;

    mapping(BindingId bindingId => RecordSlot slot) internal _records;
    mapping(SignerId deviceId => BindingId bindingId) internal _heads;

    /// @inheritdoc IIdentityRegistry
    function check(Binding calldata binding) external view returns (BindingStatus) {
        return _statusNow(_records[binding.id()].word);
    }

    /// @inheritdoc IIdentityRegistry
    function statusOf(BindingId bindingId) external view returns (BindingStatus) {
        return _statusNow(_records[bindingId].word);
    }

    /// @inheritdoc IIdentityRegistry
    function recordOf(BindingId bindingId) external view returns (BindingRecord memory) {
        return _records[bindingId].word.unpack();
    }

    /// @inheritdoc IIdentityRegistry
    function headOf(SignerId deviceId) external view returns (BindingId) {
        return _heads[deviceId];
    }

    /// @inheritdoc IIdentityRegistry
    function liableAt(Binding calldata binding, uint40 time) external view returns (bool) {
        if (time > block.timestamp) revert IdentityRegistry_FutureTime(time, block.timestamp);
        RecordWord word = _records[binding.id()].word;
        return word.status() != BindingStatus.NONE && word.startedAt() <= time && time < word.endsAt();
    }

    function _statusNow(RecordWord word) internal view returns (BindingStatus) {
        return word.statusAt(block.timestamp);
    }
}
