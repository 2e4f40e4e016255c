// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ScratchHash} from "../libraries/ScratchHash.sol";

/// @notice An attester's word on which of its bindings had ended or were suspended at a moment: the root over all of them.
/// Serves verifiers without a network; {ISnapshots-anchorStatus} says which is the newest.
struct StatusSnapshot {
    address attester; // who says so
    uint40 asOf; // seconds; rises with every snapshot of the attester
    uint32 count; // entries below the root, without the two sentinels
    bytes32 root; // Merkle root over the sorted binding ids
}

/// @notice Hashing of {StatusSnapshot}.
library StatusSnapshotType {
    bytes32 internal constant TYPEHASH = keccak256(
        "StatusSnapshot(address attester,uint40 asOf,uint32 count,bytes32 root)"
    );

    /// @notice EIP-712 digest.
    function digest(bytes32 domain, StatusSnapshot calldata message) internal pure returns (bytes32) {
        uint256 offset;
        // Why assembly: only there a struct in calldata is the place where it lies.
        assembly ("memory-safe") {
            offset := message
        }
        return ScratchHash.digest(domain, TYPEHASH, offset, 0x80);
    }
}
