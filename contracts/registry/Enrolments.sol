// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IEnrolments} from "../interfaces/registry/IEnrolments.sol";
import {LeafTree} from "../libraries/LeafTree.sol";
import {Binding, BindingType} from "../types/Binding.sol";
import {BindingStatus} from "../types/BindingRecord.sol";
import {BindingWords, BindingWordsLib} from "../types/BindingWords.sol";
import {Enrolment, EnrolmentRecord, EnrolmentType} from "../types/Enrolment.sol";
import {EnrolmentWords, EnrolmentWordsLib} from "../types/EnrolmentWords.sol";
import {BindingId, EnrolmentId} from "../types/Ids.sol";
import {RevokeLeaves, RevokeLeavesType} from "../types/RevokeLeaves.sol";
import {Bindings} from "./Bindings.sol";

/// @notice Fleets: many bindings of one party under one Merkle root. A leaf becomes a record when its device activates it;
/// from then on only the record counts, and the leaf's bit says so.
abstract contract Enrolments is Bindings {
    using BindingType for Binding;
    using EnrolmentType for Enrolment;

    uint32 private constant LEAVES_MAX = 1 << 20;

    mapping(EnrolmentId enrolmentId => EnrolmentRecord record) private _enrolments;
    /// @dev A bit a leaf, 256 to a word: activated or revoked.
    mapping(EnrolmentId enrolmentId => mapping(uint256 word => uint256 bits)) private _used;

    /// @inheritdoc IEnrolments
    function enrol(
        Enrolment calldata enrolment,
        bytes calldata partySigner,
        bytes calldata partySignature,
        bytes calldata attesterSignature
    ) external returns (EnrolmentId enrolmentId) {
        // Check: cheap shape first, then signatures.
        if (enrolment.count == 0 || enrolment.count > LEAVES_MAX) {
            revert IdentityRegistry_BadCount(enrolment.count, LEAVES_MAX);
        }
        uint40 startsAt = enrolment.validFrom > block.timestamp ? enrolment.validFrom : uint40(block.timestamp);
        if (enrolment.validUntil <= startsAt) revert IdentityRegistry_BadValidity(startsAt, enrolment.validUntil);
        uint24 attesterIndex = _accreditedIndex(enrolment.attester);
        enrolmentId = enrolment.id();
        if (_enrolments[enrolmentId].enrolledAt != 0) revert IdentityRegistry_AlreadyEnrolled(enrolmentId);
        bytes32 digest = _hashTypedDataV4(EnrolmentId.unwrap(enrolmentId));
        address recovered = _requireNewParty(
            enrolment.partyId,
            enrolment.attester,
            partySigner,
            digest,
            partySignature
        );
        _requireAttester(enrolment.attester, digest, attesterSignature);

        // Effect
        _enrolments[enrolmentId] = EnrolmentRecord(uint40(block.timestamp), attesterIndex);
        bytes memory signer = partySigner.length == 0 ? abi.encodePacked(recovered) : partySigner;
        emit Enrolled(enrolmentId, enrolment.partyId, enrolment.attester, enrolment, signer);
    }

    /// @inheritdoc IEnrolments
    function activate(
        Enrolment calldata enrolment,
        Binding calldata binding,
        uint32 index,
        bytes32[] calldata proof,
        bytes calldata deviceSigner,
        bytes calldata deviceSignature
    ) external returns (BindingId bindingId) {
        BindingId none;
        if (binding.previous != none) revert IdentityRegistry_WrongPrevious(binding.previous, none);
        _requireUnbound(binding);
        uint40 startedAt = _requireSound(binding);

        uint24 attesterIndex;
        address recovered;
        (bindingId, attesterIndex, recovered) = _takeLeaf(
            enrolment,
            binding,
            index,
            proof,
            deviceSigner,
            deviceSignature
        );
        _record(bindingId, binding, startedAt, attesterIndex, 0, BindingStatus.ACTIVE, deviceSigner, recovered);
    }

    /// @inheritdoc IEnrolments
    function activateRenewal(
        Enrolment calldata enrolment,
        Binding calldata binding,
        Binding calldata head,
        uint32 index,
        bytes32[] calldata proof,
        bytes calldata deviceSigner,
        bytes calldata deviceSignature
    ) external returns (BindingId bindingId) {
        BindingId headId = _requireRenewing(binding, head);
        (uint96 exposure, BindingStatus status) = _carried(headId, binding, head);
        uint40 startedAt = _requireSound(binding);

        uint24 attesterIndex;
        address recovered;
        (bindingId, attesterIndex, recovered) = _takeLeaf(
            enrolment,
            binding,
            index,
            proof,
            deviceSigner,
            deviceSignature
        );
        _record(bindingId, binding, startedAt, attesterIndex, exposure, status, deviceSigner, recovered);
        _renewed(headId, bindingId);
    }

    /// @inheritdoc IEnrolments
    function revokeLeaves(RevokeLeaves calldata message, bytes calldata signature) external {
        if (block.timestamp > message.deadline) revert IdentityRegistry_Expired(message.deadline, block.timestamp);
        (, uint24 attesterIndex) = _enrolled(message.enrolmentId);
        bytes32 digest = _hashTypedDataV4(RevokeLeavesType.structHash(message));
        _requireAttester(_signingAttester(attesterIndex), digest, signature);

        mapping(uint256 word => uint256 bits) storage used = _used[message.enrolmentId];
        for (uint256 i = 0; i < message.indexes.length; ++i) {
            uint32 index = message.indexes[i];
            used[index >> 8] |= 1 << (index & 0xff);
        }
        emit LeavesRevoked(message.enrolmentId, message.indexes);
    }

    /// @inheritdoc IEnrolments
    function checkLeaf(
        Enrolment calldata enrolment,
        Binding calldata binding,
        uint32 index,
        bytes32[] calldata proof
    ) external view returns (BindingStatus) {
        EnrolmentId enrolmentId = enrolment.id();
        (uint40 enrolledAt, uint24 attesterIndex) = _enrolmentOf(enrolmentId);
        BindingId bindingId = binding.id();
        if (enrolledAt == 0 || !_isLeaf(enrolment, binding, bindingId, index, proof)) return BindingStatus.NONE;
        if (_isUsed(enrolmentId, index)) {
            BindingStatus status = _statusNow(_wordOf(bindingId));
            return status == BindingStatus.NONE ? BindingStatus.REVOKED : status;
        }
        // A device that was bound otherwise in the meantime is not what the leaf says.
        BindingId head = _heads[binding.deviceId];
        if (head != binding.previous) return BindingStatus.NONE;
        bool stopped = false;
        if (BindingId.unwrap(head) != 0) {
            BindingStatus written = _records[head].word.status();
            if (_isGivenUp(written)) return BindingStatus.NONE;
            stopped = written != BindingStatus.ACTIVE;
        }
        if (_markEnding(attesterIndex, enrolledAt) != 0) return BindingStatus.COMPROMISED;
        if (block.timestamp >= BindingWordsLib.wordsOf(binding).validUntil) return BindingStatus.EXPIRED;
        // As {activateRenewal} would start it: a message has stopped the head, and a {resume} alone lifts that.
        if (stopped) return BindingStatus.SUSPENDED;
        return block.timestamp < binding.validFrom ? BindingStatus.PENDING : BindingStatus.ACTIVE;
    }

    /// @inheritdoc IEnrolments
    function enrolmentOf(EnrolmentId enrolmentId) external view returns (EnrolmentRecord memory) {
        return _enrolments[enrolmentId];
    }

    /// @inheritdoc IEnrolments
    function isLeafUsed(EnrolmentId enrolmentId, uint32 index) external view returns (bool) {
        return _isUsed(enrolmentId, index);
    }

    /// @dev Checks a leaf and its device's signature, and marks the leaf as used.
    function _takeLeaf(
        Enrolment calldata enrolment,
        Binding calldata binding,
        uint32 index,
        bytes32[] calldata proof,
        bytes calldata deviceSigner,
        bytes calldata deviceSignature
    ) private returns (BindingId bindingId, uint24 attesterIndex, address recovered) {
        // Check: enrolled by an attester whose word still counts, not used, and in the tree.
        EnrolmentId enrolmentId = enrolment.id();
        uint40 enrolledAt;
        (enrolledAt, attesterIndex) = _enrolled(enrolmentId);
        if (_markEnding(attesterIndex, enrolledAt) != 0) {
            revert IdentityRegistry_CompromisedAttester(enrolment.attester, attesterIndex);
        }
        bindingId = binding.id();
        if (!_isLeaf(enrolment, binding, bindingId, index, proof)) {
            revert IdentityRegistry_NotALeaf(enrolmentId, index, bindingId);
        }
        if (_isUsed(enrolmentId, index)) revert IdentityRegistry_LeafUsed(enrolmentId, index);
        bytes32 digest = _hashTypedDataV4(BindingId.unwrap(bindingId));
        recovered = _requireDevice(binding, digest, deviceSigner, deviceSignature);

        // Effect
        _used[enrolmentId][index >> 8] |= 1 << (index & 0xff);
        _enrolledAt[bindingId] = enrolledAt;
        emit LeafActivated(enrolmentId, index, bindingId);
    }

    function _enrolled(EnrolmentId enrolmentId) private view returns (uint40 enrolledAt, uint24 attesterIndex) {
        (enrolledAt, attesterIndex) = _enrolmentOf(enrolmentId);
        if (enrolledAt == 0) revert IdentityRegistry_NotEnrolled(enrolmentId);
    }

    /// @dev Why not a struct: in memory it costs two words to clear and to fill.
    function _enrolmentOf(EnrolmentId enrolmentId) private view returns (uint40 enrolledAt, uint24 attesterIndex) {
        EnrolmentRecord storage record = _enrolments[enrolmentId];
        return (record.enrolledAt, record.attesterIndex);
    }

    function _isUsed(EnrolmentId enrolmentId, uint32 index) private view returns (bool) {
        return (_used[enrolmentId][index >> 8] >> (index & 0xff)) & 1 != 0;
    }

    /// @dev A leaf names the party and the attester that signed, and no time that they did not sign for. Of an enrolment that
    /// is known: then its words are narrow, and so are those of the binding, `validFrom` excepted, that are no larger.
    function _isLeaf(
        Enrolment calldata enrolment,
        Binding calldata binding,
        BindingId bindingId,
        uint32 index,
        bytes32[] calldata proof
    ) private pure returns (bool) {
        EnrolmentWords calldata fleet = EnrolmentWordsLib.wordsOf(enrolment);
        BindingWords calldata leaf = BindingWordsLib.wordsOf(binding);
        if (leaf.partyId != fleet.partyId || leaf.attester != fleet.attester) return false;
        if (leaf.validFrom < fleet.validFrom || leaf.validUntil > fleet.validUntil) return false;
        return LeafTree.includes(fleet.root, fleet.count, index, bindingId, proof);
    }
}
