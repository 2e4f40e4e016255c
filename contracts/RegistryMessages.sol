// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {Messages} from "./Messages.sol";
import {Leaf, LeafTree} from "./libraries/LeafTree.sol";
import {Agreement, AgreementType} from "./types/Agreement.sol";
import {Binding, BindingType} from "./types/Binding.sol";
import {Enrolment, EnrolmentType} from "./types/Enrolment.sol";
import {BindingId, EnrolmentId} from "./types/Ids.sol";
import {Presentation, PresentationType} from "./types/Presentation.sol";
import {RebindNotice, RebindNoticeType} from "./types/RebindNotice.sol";
import {RebindVeto, RebindVetoType} from "./types/RebindVeto.sol";
import {Release, ReleaseType} from "./types/Release.sol";
import {Resume, ResumeType} from "./types/Resume.sol";
import {Revoke, RevokeType} from "./types/Revoke.sol";
import {RevokeLeaves, RevokeLeavesType} from "./types/RevokeLeaves.sol";
import {RevokeMany, RevokeManyType, Revocation} from "./types/RevokeMany.sol";
import {StatusSnapshot, StatusSnapshotType} from "./types/StatusSnapshot.sol";
import {Suspend, SuspendType} from "./types/Suspend.sol";
import {TrustList, TrustListType} from "./types/TrustList.sol";

/// @title Messages of the identity registry
/// @notice Type hash and digest of every message that is signed in the registry's domain, through the very code that the
/// registry compiles in. Who writes a client compares with it; code generation and golden vectors do.
/// @dev Why not in the registry: a getter there costs every caller of it gas and leaves less room below the size limit.
contract RegistryMessages is Messages {
    /// @notice Type hash of {Binding}.
    bytes32 public constant BINDING_TYPEHASH = BindingType.TYPEHASH;
    /// @notice Type hash of {Suspend}.
    bytes32 public constant SUSPEND_TYPEHASH = SuspendType.TYPEHASH;
    /// @notice Type hash of {Resume}.
    bytes32 public constant RESUME_TYPEHASH = ResumeType.TYPEHASH;
    /// @notice Type hash of {Revoke}.
    bytes32 public constant REVOKE_TYPEHASH = RevokeType.TYPEHASH;
    /// @notice Type hash of {Revocation}.
    bytes32 public constant REVOCATION_TYPEHASH = RevokeManyType.ROW_TYPEHASH;
    /// @notice Type hash of {RevokeMany}.
    bytes32 public constant REVOKE_MANY_TYPEHASH = RevokeManyType.TYPEHASH;
    /// @notice Type hash of {Release}.
    bytes32 public constant RELEASE_TYPEHASH = ReleaseType.TYPEHASH;
    /// @notice Type hash of {RebindNotice}.
    bytes32 public constant REBIND_NOTICE_TYPEHASH = RebindNoticeType.TYPEHASH;
    /// @notice Type hash of {RebindVeto}.
    bytes32 public constant REBIND_VETO_TYPEHASH = RebindVetoType.TYPEHASH;
    /// @notice Type hash of {Enrolment}.
    bytes32 public constant ENROLMENT_TYPEHASH = EnrolmentType.TYPEHASH;
    /// @notice Type hash of {Leaf}.
    bytes32 public constant LEAF_TYPEHASH = LeafTree.TYPEHASH;
    /// @notice Type hash of {RevokeLeaves}.
    bytes32 public constant REVOKE_LEAVES_TYPEHASH = RevokeLeavesType.TYPEHASH;
    /// @notice Type hash of {StatusSnapshot}.
    bytes32 public constant STATUS_SNAPSHOT_TYPEHASH = StatusSnapshotType.TYPEHASH;
    /// @notice Type hash of {Agreement}.
    bytes32 public constant AGREEMENT_TYPEHASH = AgreementType.TYPEHASH;
    /// @notice Type hash of {Presentation}.
    bytes32 public constant PRESENTATION_TYPEHASH = PresentationType.TYPEHASH;
    /// @notice Type hash of {TrustList}.
    bytes32 public constant TRUST_LIST_TYPEHASH = TrustListType.TYPEHASH;

    /// @param registry whose EIP-712 domain the digests are of
    constructor(IERC5267 registry) Messages(registry) {}

    /// @notice What is signed of a {Binding}.
    function bindingDigest(Binding calldata message) external view returns (bytes32) {
        return _digest(BindingId.unwrap(BindingType.id(message)));
    }

    /// @notice What is signed of a {Suspend}.
    function suspendDigest(Suspend calldata message) external view returns (bytes32) {
        return SuspendType.digest(DOMAIN_SEPARATOR, message);
    }

    /// @notice What is signed of a {Resume}.
    function resumeDigest(Resume calldata message) external view returns (bytes32) {
        return ResumeType.digest(DOMAIN_SEPARATOR, message);
    }

    /// @notice What is signed of a {Revoke}.
    function revokeDigest(Revoke calldata message) external view returns (bytes32) {
        return RevokeType.digest(DOMAIN_SEPARATOR, message);
    }

    /// @notice What is signed of a {RevokeMany}.
    function revokeManyDigest(RevokeMany calldata message) external view returns (bytes32) {
        return _digest(RevokeManyType.structHash(message));
    }

    /// @notice A row is not signed alone: this is its EIP-712 struct hash.
    function revocationHash(Revocation calldata row) external pure returns (bytes32) {
        return RevokeManyType.rowHash(row);
    }

    /// @notice What is signed of a {Release}.
    function releaseDigest(Release calldata message) external view returns (bytes32) {
        return ReleaseType.digest(DOMAIN_SEPARATOR, message);
    }

    /// @notice What is signed of a {RebindNotice}.
    function rebindNoticeDigest(RebindNotice calldata message) external view returns (bytes32) {
        return RebindNoticeType.digest(DOMAIN_SEPARATOR, message);
    }

    /// @notice What is signed of a {RebindVeto}.
    function rebindVetoDigest(RebindVeto calldata message) external view returns (bytes32) {
        return RebindVetoType.digest(DOMAIN_SEPARATOR, message);
    }

    /// @notice What is signed of an {Enrolment}.
    function enrolmentDigest(Enrolment calldata message) external view returns (bytes32) {
        return _digest(EnrolmentId.unwrap(EnrolmentType.id(message)));
    }

    /// @notice A leaf is not signed: this is its place in the tree, the hash of its EIP-712 struct hash.
    function leafHash(Leaf calldata leaf) external pure returns (bytes32) {
        return keccak256(abi.encode(keccak256(abi.encode(LeafTree.TYPEHASH, leaf))));
    }

    /// @notice What is signed of a {RevokeLeaves}.
    function revokeLeavesDigest(RevokeLeaves calldata message) external view returns (bytes32) {
        return _digest(RevokeLeavesType.structHash(message));
    }

    /// @notice What is signed of a {StatusSnapshot}.
    function statusSnapshotDigest(StatusSnapshot calldata message) external view returns (bytes32) {
        return StatusSnapshotType.digest(DOMAIN_SEPARATOR, message);
    }

    /// @notice What is signed of an {Agreement}.
    function agreementDigest(Agreement calldata message) external view returns (bytes32) {
        return _digest(AgreementType.structHash(message));
    }

    /// @notice What is signed of a {Presentation}.
    function presentationDigest(Presentation calldata message) external view returns (bytes32) {
        return PresentationType.digest(DOMAIN_SEPARATOR, message);
    }

    /// @notice What is signed of a {TrustList}.
    function trustListDigest(TrustList calldata message) external view returns (bytes32) {
        return _digest(TrustListType.structHash(message));
    }
}
