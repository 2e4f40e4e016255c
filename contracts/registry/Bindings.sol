// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IBindings} from "../interfaces/registry/IBindings.sol";
import {ScratchHash} from "../libraries/ScratchHash.sol";
import {Signatures} from "../libraries/Signatures.sol";
import {StartedLog} from "../libraries/StartedLog.sol";
import {Binding, BindingType, Funding} from "../types/Binding.sol";
import {BindingStatus, RecordSlot, RecordWord, RecordWords} from "../types/BindingRecord.sol";
import {BindingSignatures} from "../types/BindingSignatures.sol";
import {BindingWords, BindingWordsLib} from "../types/BindingWords.sol";
import {BindingId} from "../types/Ids.sol";
import {Exposure} from "./Exposure.sol";
import {Parties} from "./Parties.sol";

/// @notice How bindings start: first ones and renewals, each with the signatures of device, liable party and attester.
abstract contract Bindings is EIP712, Exposure, Parties {
    using BindingType for Binding;
    using Signatures for bytes;

    /// @dev Largest number of a period that fits into a record.
    uint256 private constant PERIODS_MAX = type(uint24).max;

    /// @inheritdoc IBindings
    function bind(
        Binding calldata binding,
        BindingSignatures calldata signatures,
        bytes calldata deviceSigner,
        bytes calldata partySigner
    ) external returns (BindingId bindingId) {
        BindingId none;
        if (binding.previous != none) revert IdentityRegistry_WrongPrevious(binding.previous, none);
        _requireUnbound(binding);

        return _start(_domainSeparatorV4(), binding, signatures, deviceSigner, partySigner, 0, BindingStatus.ACTIVE);
    }

    /// @inheritdoc IBindings
    function renew(
        Binding calldata binding,
        Binding calldata head,
        BindingSignatures calldata signatures,
        bytes calldata deviceSigner,
        bytes calldata partySigner
    ) external returns (BindingId bindingId) {
        BindingId headId = _requireRenewing(binding, head);
        (uint96 exposure, BindingStatus status) = _carried(headId, binding, head);
        bindingId = _start(_domainSeparatorV4(), binding, signatures, deviceSigner, partySigner, exposure, status);
        _renewed(headId, bindingId);
    }

    /// @dev Ends the record by now, stores it, and returns it as it is then.
    function _end(RecordSlot storage slot, RecordWord word, BindingStatus status) internal returns (RecordWord next) {
        next = word.ended(status, uint40(block.timestamp));
        slot.word = next;
    }

    /// @dev The head is what is replaced, the party stays, and the key is not one that was given up for another.
    function _requireRenewing(
        Binding calldata binding,
        Binding calldata head
    ) internal view returns (BindingId headId) {
        headId = _heads[binding.deviceId];
        BindingId none;
        if (headId == none || binding.previous != headId) {
            revert IdentityRegistry_WrongPrevious(binding.previous, headId);
        }
        if (head.id() != headId) revert IdentityRegistry_WrongBinding(head.id(), headId);
        if (binding.partyId != head.partyId) revert IdentityRegistry_OtherParty(binding.partyId, head.partyId);
        if (_isGivenUp(_records[headId].word.status())) {
            revert IdentityRegistry_DeviceRetired(binding.deviceId, headId);
        }
    }

    /// @dev What a binding takes over from the one it replaces: what is at risk in the running period, and a stop.
    function _carried(
        BindingId headId,
        Binding calldata binding,
        Binding calldata head
    ) internal view returns (uint96 exposure, BindingStatus status) {
        RecordWord word = _records[headId].word;
        if (binding.token == head.token) exposure = _runningExposure(word, head.periodSeconds);
        // What a message has stopped starts again by a {resume} only: these signatures may be older than that message.
        status = word.status() == BindingStatus.ACTIVE ? BindingStatus.ACTIVE : BindingStatus.SUSPENDED;
    }

    /// @dev Ends a head that has not ended yet, by its renewal. One that a mark has cut is ended too: a record that was
    /// replaced must not look as if it were running.
    function _renewed(BindingId headId, BindingId successor) internal {
        RecordSlot storage slot = _records[headId];
        RecordWord word = slot.word;
        if (!word.lastsAt(block.timestamp)) return;
        word = _end(slot, word, BindingStatus.RENEWED);
        emit BindingRenewed(headId, successor, word.endsAt());
    }

    /// @dev Whether the device key was given up for another one, at a resale or a rotation.
    function _isGivenUp(BindingStatus written) internal pure returns (bool) {
        return written == BindingStatus.REBOUND || written == BindingStatus.ROTATED;
    }

    /// @dev The device key was never bound: it has no head.
    function _requireUnbound(Binding calldata binding) internal view {
        BindingId head = _heads[binding.deviceId];
        BindingId none;
        if (head != none) revert IdentityRegistry_WrongPrevious(binding.previous, head);
    }

    function _start(
        bytes32 domain,
        Binding calldata binding,
        BindingSignatures calldata signatures,
        bytes calldata deviceSigner,
        bytes calldata partySigner,
        uint96 exposure,
        BindingStatus status
    ) internal returns (BindingId bindingId) {
        // Check: cheap shape first, then signatures.
        uint40 startedAt = _requireSound(binding);
        // As a word, since it was just found narrow.
        address attester = address(uint160(BindingWordsLib.wordsOf(binding).attester));
        uint24 attesterIndex = _accreditedIndex(attester);
        bindingId = binding.id();
        bytes32 digest = ScratchHash.digest(domain, BindingId.unwrap(bindingId));
        address recovered = _requireDevice(binding, digest, deviceSigner, signatures.device);
        _requireNewParty(binding.partyId, attester, partySigner, digest, signatures.party);
        _requireAttester(attester, digest, signatures.attester);
        _record(bindingId, binding, startedAt, attesterIndex, exposure, status, deviceSigner, recovered);
    }

    /// @dev Writes the record of a binding that everybody has signed, and makes it the device's head.
    function _record(
        BindingId bindingId,
        Binding calldata binding,
        uint40 startedAt,
        uint24 attesterIndex,
        uint96 exposure,
        BindingStatus status,
        bytes calldata deviceSigner,
        address recovered
    ) internal {
        RecordSlot storage slot = _records[bindingId];
        if (slot.word.isWritten()) revert IdentityRegistry_AlreadyBound(bindingId);

        uint40 validUntil = uint40(BindingWordsLib.wordsOf(binding).validUntil);
        slot.word = RecordWords.started(startedAt, validUntil, exposure, attesterIndex, status);
        _heads[binding.deviceId] = bindingId;
        StartedLog.write(bindingId, binding, startedAt, deviceSigner, recovered);
        if (status == BindingStatus.SUSPENDED) emit BindingSuspended(bindingId, 0);
    }

    /// @dev Also where the binding's narrow fields are checked: what comes later may read them as words.
    function _requireSound(Binding calldata binding) internal view returns (uint40 startedAt) {
        BindingWords calldata words = BindingWordsLib.wordsOf(binding);
        words.requireNarrow();
        if (words.deviceId == words.partyId) revert IdentityRegistry_SelfLiable(binding.partyId);
        if (words.funder == 0) revert IdentityRegistry_ZeroAddress();
        if (words.token == 0) revert IdentityRegistry_ZeroAddress();
        if (words.funding == uint256(Funding.NONE)) revert IdentityRegistry_BadFunding(binding.funding);
        if (words.maxPerPayment > words.maxPerPeriod) {
            revert IdentityRegistry_BadLimits(binding.maxPerPayment, binding.maxPerPeriod);
        }
        // Nobody backdates: liability starts when the chain has seen the signatures.
        startedAt = uint40(words.validFrom > block.timestamp ? words.validFrom : block.timestamp);
        if (words.validUntil <= startedAt) revert IdentityRegistry_BadValidity(startedAt, binding.validUntil);
        // Why unchecked: the times were just compared, and no narrow field is large enough for the product.
        unchecked {
            uint256 seconds_ = words.validUntil - startedAt;
            // In one comparison: periods of no length would be without end.
            if (seconds_ < words.periodSeconds * (PERIODS_MAX + 1)) return startedAt;
            uint256 periods = words.periodSeconds == 0 ? seconds_ : seconds_ / words.periodSeconds;
            revert IdentityRegistry_BadPeriod(binding.periodSeconds, periods, PERIODS_MAX);
        }
    }

    /// @dev Returns the device's address when the signer was left out.
    function _requireDevice(
        Binding calldata binding,
        bytes32 digest,
        bytes calldata deviceSigner,
        bytes calldata signature
    ) internal view returns (address recovered) {
        if (deviceSigner.length == 0) return _requireRecovered(binding.deviceId, digest, signature);
        _requireSigner(deviceSigner, binding.deviceId);
        if (!deviceSigner.isDeviceSignature(digest, signature, P256_VERIFIER)) {
            revert IdentityRegistry_BadSignature(deviceSigner);
        }
    }

    function _requireAttester(address attester, bytes32 digest, bytes calldata signature) internal view {
        if (!Signatures.isAccountSignature(attester, digest, signature)) {
            revert IdentityRegistry_BadAttesterSignature(attester);
        }
    }
}
