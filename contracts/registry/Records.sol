// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRecords} from "../interfaces/registry/IRecords.sol";
import {AttesterMarks} from "../types/AttesterMarks.sol";
import {Binding, BindingType} from "../types/Binding.sol";
import {BindingRecord, BindingStatus, RecordSlot, RecordWord} from "../types/BindingRecord.sol";
import {BindingId, SignerId} from "../types/Ids.sol";
import {Attesters} from "./Attesters.sol";

/// @notice What is stored of bindings, and where they stand in time.
abstract contract Records is Attesters {
    using BindingType for Binding;

    mapping(BindingId bindingId => RecordSlot slot) internal _records;
    mapping(SignerId deviceId => BindingId bindingId) internal _heads;
    /// @dev When a leaf's attester vouched for it, which was before it started. Read only where a mark would end the record.
    mapping(BindingId bindingId => uint40 enrolledAt) internal _enrolledAt;

    /// @inheritdoc IRecords
    function check(Binding calldata binding) external view returns (BindingStatus) {
        return _statusNow(_wordOf(binding.id()));
    }

    /// @inheritdoc IRecords
    function statusOf(BindingId bindingId) external view returns (BindingStatus) {
        return _statusNow(_wordOf(bindingId));
    }

    /// @inheritdoc IRecords
    function recordOf(BindingId bindingId) external view returns (BindingRecord memory) {
        return _wordOf(bindingId).unpack();
    }

    /// @inheritdoc IRecords
    function headOf(SignerId deviceId) external view returns (BindingId) {
        return _heads[deviceId];
    }

    /// @inheritdoc IRecords
    function liableAt(Binding calldata binding, uint40 time) external view returns (bool) {
        if (time > block.timestamp) revert IdentityRegistry_FutureTime(time, block.timestamp);
        RecordWord word = _wordOf(binding.id());
        return word.status() != BindingStatus.NONE && word.startedAt() <= time && time < word.endsAt();
    }

    /// @dev Lets a message pass that is in time, and about the record as it is now and has not ended.
    function _requireLasting(BindingId bindingId, RecordWord word, uint24 sequence, uint40 deadline) internal view {
        if (block.timestamp > deadline) revert IdentityRegistry_Expired(deadline, block.timestamp);
        if (!word.lastsAt(block.timestamp)) {
            revert IdentityRegistry_WrongStatus(bindingId, _statusNow(word), BindingStatus.ACTIVE);
        }
        if (sequence != word.sequence()) {
            revert IdentityRegistry_WrongSequence(bindingId, sequence, word.sequence());
        }
    }

    /// @dev The record as it counts now: as it is stored, or ended by a mark on its attester.
    function _wordOf(BindingId bindingId) internal view returns (RecordWord) {
        return _cut(bindingId, _records[bindingId].word, _marks());
    }

    function _cut(BindingId bindingId, RecordWord word, AttesterMarks marks) internal view returns (RecordWord) {
        // Almost always nobody is marked.
        if (marks.isEmpty()) return word;
        uint24 index = word.attesterIndex();
        if (!marks.mayHave(index)) return word;
        // A leaf that starts late was vouched for when its fleet was enrolled.
        uint40 enrolledAt = _enrolledAt[bindingId];
        uint40 markedAt = _markEnding(index, enrolledAt == 0 ? word.startedAt() : enrolledAt);
        return markedAt == 0 ? word : word.cutAt(markedAt);
    }

    function _statusNow(RecordWord word) internal view returns (BindingStatus) {
        return word.statusAt(block.timestamp);
    }
}
