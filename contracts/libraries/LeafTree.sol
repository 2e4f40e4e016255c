// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BindingId} from "../types/Ids.sol";

/// @notice One device of an enrolment: what is hashed, twice, into the tree.
struct Leaf {
    uint32 index; // its place, from 0
    BindingId bindingId;
}

/// @notice The Merkle tree of an enrolment. A leaf is hashed twice and from other bytes than an inner node, which is the hash
/// of 64 bytes, so neither can stand for the other. The index's bits are the path, so a leaf has one place alone; places
/// after the last leaf hold zero.
library LeafTree {
    /// @dev Of {Leaf}, as EIP-712 has it.
    bytes32 internal constant TYPEHASH = keccak256("Leaf(uint32 index,bytes32 bindingId)");

    /// @notice Whether the binding is the leaf at `index` of a tree of `count` leaves.
    function includes(
        bytes32 root,
        uint256 count,
        uint256 index,
        BindingId bindingId,
        bytes32[] calldata proof
    ) internal pure returns (bool) {
        if (index >= count) return false;
        // A proof of any other length would walk another tree: `count - 1` has that many bits, and one more behind them.
        if ((2 * count - 1) >> proof.length != 1) return false;

        bytes32 typehash = TYPEHASH;
        bytes32 node;
        // Why assembly: twenty levels of two words in scratch memory; the checked way costs three times as much a level.
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            mstore(scratch, typehash)
            mstore(add(scratch, 0x20), index)
            mstore(add(scratch, 0x40), bindingId)
            mstore(0x00, keccak256(scratch, 0x60))
            node := keccak256(0x00, 0x20)
            let end := add(proof.offset, shl(5, proof.length))
            // Times 32, so that a bit of it is the place where a node is written.
            let path := shl(5, index)
            for {
                let sibling := proof.offset
            } lt(sibling, end) {
                sibling := add(sibling, 0x20)
            } {
                let place := and(path, 0x20)
                mstore(place, node)
                mstore(xor(place, 0x20), calldataload(sibling))
                node := keccak256(0x00, 0x40)
                path := shr(1, path)
            }
        }
        return node == root;
    }
}
