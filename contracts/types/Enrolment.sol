// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ScratchHash} from "../libraries/ScratchHash.sol";
import {EnrolmentId, SignerId} from "./Ids.sol";

/// @notice Many bindings of one liable party in one transaction: the Merkle root over them. Signed by party and attester;
/// each device signs for itself when its leaf is activated.
struct Enrolment {
    bytes32 root; // Merkle root over the leaves, see {LeafTree}
    uint32 count; // leaves, 1 to 2^20
    SignerId partyId; // the party of every leaf
    address attester; // the attester of every leaf
    uint40 validFrom; // seconds; no leaf is valid earlier
    uint40 validUntil; // seconds, exclusive; no leaf is valid later
}

/// @notice What the registry keeps of an enrolment: one storage slot, and a bit a leaf.
struct EnrolmentRecord {
    uint40 enrolledAt; // seconds; 0 = not enrolled
    uint24 attesterIndex; // the index that the attester had
}

/// @notice Hashing of {Enrolment}.
library EnrolmentType {
    bytes32 internal constant TYPEHASH = keccak256(
        "Enrolment(bytes32 root,uint32 count,bytes32 partyId,address attester,uint40 validFrom,uint40 validUntil)"
    );

    /// @notice EIP-712 struct hash, which is the enrolment's id.
    function id(Enrolment calldata enrolment) internal pure returns (EnrolmentId) {
        uint256 offset;
        // Why assembly: only there a struct in calldata is the place where it lies.
        assembly ("memory-safe") {
            offset := enrolment
        }
        return EnrolmentId.wrap(ScratchHash.structHash(TYPEHASH, offset, 0xc0));
    }
}
