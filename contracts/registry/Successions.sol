// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISuccessions} from "../interfaces/registry/ISuccessions.sol";
import {Binding, BindingType} from "../types/Binding.sol";
import {BindingStatus, RecordSlot, RecordWord} from "../types/BindingRecord.sol";
import {BindingSignatures} from "../types/BindingSignatures.sol";
import {BindingId} from "../types/Ids.sol";
import {RebindNotice, RebindNoticeType} from "../types/RebindNotice.sol";
import {RebindVeto, RebindVetoType} from "../types/RebindVeto.sol";
import {ReleaseType} from "../types/Release.sol";
import {Bindings} from "./Bindings.sol";

/// @notice How another device key takes the place of a running binding's: at a resale for another party, at a rotation for
/// the same one. Either way the old key is given up for ever: a copy that somebody kept must not spend under the new tie.
abstract contract Successions is Bindings {
    using BindingType for Binding;

    /// @dev Time for the old party to veto what its attester alone has announced.
    uint40 private constant REBIND_DELAY_SECONDS = 14 days;

    struct Announcement {
        BindingId successor;
        uint40 readyAt; // seconds; 0 = none
    }

    mapping(BindingId bindingId => Announcement announcement) private _announced;

    /// @inheritdoc ISuccessions
    function rebind(
        Binding calldata binding,
        Binding calldata head,
        BindingSignatures calldata signatures,
        bytes calldata deviceSigner,
        bytes calldata partySigner,
        bytes calldata headPartySigner,
        bytes calldata headPartySignature,
        uint40 releaseDeadline
    ) external returns (BindingId bindingId) {
        BindingId headId = _requireRebinding(binding, head);
        (RecordSlot storage slot, RecordWord word) = _requireRunning(headId);
        if (block.timestamp > releaseDeadline) revert IdentityRegistry_Expired(releaseDeadline, block.timestamp);
        bytes32 domain = _domainSeparatorV4();
        bindingId = _start(domain, binding, signatures, deviceSigner, partySigner, 0, BindingStatus.ACTIVE);

        // Check: the old party lets go, of this record as it is and for this successor. Nothing else can be what it signed.
        bytes32 digest = ReleaseType.digestOf(domain, headId, word.sequence(), bindingId, releaseDeadline);
        _requireParty(head.partyId, headPartySigner, digest, headPartySignature);
        _rebound(headId, bindingId, slot, word);
    }

    /// @inheritdoc ISuccessions
    function announceRebind(RebindNotice calldata message, bytes calldata signature) external {
        BindingId none;
        if (message.successor == none) revert IdentityRegistry_WrongSuccessor(message.successor, none);
        RecordSlot storage slot = _records[message.bindingId];
        RecordWord word = slot.word;
        _requireLasting(message.bindingId, word, message.sequence, message.deadline);
        // One at a time: each raises the sequence, and whoever announced again and again would outrun all that the party signs.
        uint40 announcedFor = _announced[message.bindingId].readyAt;
        if (block.timestamp < announcedFor) {
            revert IdentityRegistry_TooEarly(message.bindingId, block.timestamp, announcedFor);
        }
        bytes32 digest = RebindNoticeType.digest(_domainSeparatorV4(), message);
        address attester = _signingAttester(word.attesterIndex());
        _requireStillAccredited(attester, word.attesterIndex());
        _requireAttester(attester, digest, signature);

        uint40 readyAt = uint40(block.timestamp) + REBIND_DELAY_SECONDS;
        _announced[message.bindingId] = Announcement(message.successor, readyAt);
        word = word.moved(word.status());
        slot.word = word;
        emit RebindAnnounced(message.bindingId, message.successor, word.sequence(), readyAt);
    }

    /// @inheritdoc ISuccessions
    function vetoRebind(
        RebindVeto calldata message,
        Binding calldata head,
        bytes calldata partySigner,
        bytes calldata signature
    ) external {
        BindingId headId = head.id();
        if (message.bindingId != headId) revert IdentityRegistry_WrongBinding(message.bindingId, headId);
        RecordWord word = _wordOf(headId);
        _requireLasting(headId, word, message.sequence, message.deadline);
        if (_announced[headId].readyAt == 0) revert IdentityRegistry_NotAnnounced(headId);
        _requireParty(head.partyId, partySigner, RebindVetoType.digest(_domainSeparatorV4(), message), signature);

        delete _announced[headId];
        word = word.moved(word.status());
        _records[headId].word = word;
        emit RebindVetoed(headId, word.sequence());
    }

    /// @inheritdoc ISuccessions
    function rebindAnnounced(
        Binding calldata binding,
        Binding calldata head,
        BindingSignatures calldata signatures,
        bytes calldata deviceSigner,
        bytes calldata partySigner
    ) external returns (BindingId bindingId) {
        // Check: the old party had its time, and said nothing.
        BindingId headId = _requireRebinding(binding, head);
        (RecordSlot storage slot, RecordWord word) = _requireRunning(headId);
        Announcement memory announced = _announced[headId];
        if (announced.readyAt == 0) revert IdentityRegistry_NotAnnounced(headId);
        if (block.timestamp < announced.readyAt) {
            revert IdentityRegistry_TooEarly(headId, block.timestamp, announced.readyAt);
        }
        // Who announced must still be believed: a thief's announcement outlives neither its key nor the mark on it.
        _signingAttester(word.attesterIndex());

        delete _announced[headId];
        bindingId = _start(
            _domainSeparatorV4(),
            binding,
            signatures,
            deviceSigner,
            partySigner,
            0,
            BindingStatus.ACTIVE
        );
        _requireSuccessor(bindingId, announced.successor);
        _rebound(headId, bindingId, slot, word);
    }

    /// @inheritdoc ISuccessions
    function rotateKey(
        Binding calldata binding,
        Binding calldata head,
        BindingSignatures calldata signatures,
        bytes calldata deviceSigner,
        bytes calldata partySigner
    ) external returns (BindingId bindingId) {
        BindingId headId = _requireHead(binding, head);
        if (binding.partyId != head.partyId) revert IdentityRegistry_OtherParty(binding.partyId, head.partyId);
        (RecordSlot storage slot, RecordWord word) = _requireRunning(headId);

        (uint96 exposure, BindingStatus status) = _carried(headId, binding, head);
        bindingId = _start(_domainSeparatorV4(), binding, signatures, deviceSigner, partySigner, exposure, status);
        word = _end(slot, word, BindingStatus.ROTATED);
        emit BindingRotated(headId, bindingId, word.endsAt());
    }

    /// @inheritdoc ISuccessions
    function announcedRebindOf(BindingId bindingId) external view returns (BindingId successor, uint40 readyAt) {
        Announcement memory announced = _announced[bindingId];
        return (announced.successor, announced.readyAt);
    }

    /// @inheritdoc ISuccessions
    function rebindDelaySeconds() external pure returns (uint40) {
        return REBIND_DELAY_SECONDS;
    }

    function _rebound(BindingId headId, BindingId successor, RecordSlot storage slot, RecordWord word) private {
        word = _end(slot, word, BindingStatus.REBOUND);
        emit BindingRebound(headId, successor, word.endsAt());
    }

    function _requireRebinding(
        Binding calldata binding,
        Binding calldata head
    ) private view returns (BindingId headId) {
        headId = _requireHead(binding, head);
        if (binding.partyId == head.partyId) revert IdentityRegistry_SameParty(binding.partyId);
    }

    /// @dev `head` is what `binding`, of a device key never bound, replaces. That it is the newest of its device follows from
    /// {_requireRunning}: whatever takes a record's place ends it.
    function _requireHead(Binding calldata binding, Binding calldata head) private view returns (BindingId headId) {
        headId = head.id();
        if (binding.previous != headId) revert IdentityRegistry_WrongPrevious(binding.previous, headId);
        _requireUnbound(binding);
    }

    /// @dev Reads the record without marks: where one has ended it already, what is written now changes nothing that counts.
    function _requireRunning(BindingId bindingId) private view returns (RecordSlot storage slot, RecordWord word) {
        slot = _records[bindingId];
        word = slot.word;
        if (!word.lastsAt(block.timestamp)) {
            revert IdentityRegistry_WrongStatus(bindingId, _statusNow(_wordOf(bindingId)), BindingStatus.ACTIVE);
        }
    }

    function _requireSuccessor(BindingId given, BindingId expected) private pure {
        if (given != expected) revert IdentityRegistry_WrongSuccessor(given, expected);
    }
}
