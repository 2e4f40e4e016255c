// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LeafTree} from "../../contracts/libraries/LeafTree.sol";
import {BindingId} from "../../contracts/types/Ids.sol";
import {Check} from "./helpers/Check.sol";

/// @notice A proof is walked as the plain way walks it, and has one length alone: the tree's depth.
contract LeafTreeTest {
    uint256 private constant DEPTH_MAX = 20;

    function testFuzz_aLeafIsInItsTree(uint32 count, uint32 index, BindingId leaf, bytes32 seed) public view {
        (count, index) = _place(count, index);
        bytes32[] memory proof = _proof(_depthOf(count), seed);
        Check.yes(this.includes(_root(index, leaf, proof), count, index, leaf, proof), "included");
    }

    function testFuzz_noOtherLeafNorIndexIs(
        uint32 count,
        uint32 index,
        BindingId leaf,
        bytes32 seed,
        BindingId other
    ) public view {
        (count, index) = _place(count, index);
        bytes32[] memory proof = _proof(_depthOf(count), seed);
        bytes32 root = _root(index, leaf, proof);
        Check.yes(other == leaf || !this.includes(root, count, index, other, proof), "leaf");
        Check.yes(!this.includes(root, count, index ^ 1, leaf, proof), "index");
        Check.yes(!this.includes(root, count, index + count, leaf, proof), "index beyond the last");
    }

    function testFuzz_noOtherLengthIsAProof(
        uint32 count,
        uint32 index,
        BindingId leaf,
        bytes32 seed,
        uint8 length
    ) public view {
        (count, index) = _place(count, index);
        uint256 depth = _depthOf(count);
        // Beyond 255 a shift gives zero, which must not look like a fitting length.
        uint256 other = uint256(length) % 3 == 0 ? 256 + uint256(length) : uint256(length) % (DEPTH_MAX + 2);
        if (other == depth) ++other;
        bytes32[] memory proof = _proof(other, seed);
        Check.yes(!this.includes(_root(index, leaf, proof), count, index, leaf, proof), "length");
    }

    function test_nothingIsInATreeWithoutLeaves() public view {
        bytes32[] memory proof = new bytes32[](0);
        BindingId leaf = BindingId.wrap(bytes32(uint256(1)));
        Check.yes(!this.includes(_root(0, leaf, proof), 0, 0, leaf, proof), "included");
    }

    function includes(
        bytes32 root,
        uint256 count,
        uint256 index,
        BindingId leaf,
        bytes32[] calldata proof
    ) external pure returns (bool) {
        return LeafTree.includes(root, count, index, leaf, proof);
    }

    /// @dev Every depth is as likely as any other.
    function _place(uint32 count, uint32 index) private pure returns (uint32, uint32) {
        count = uint32(1 + ((count >> 12) % (uint256(1) << (count % (DEPTH_MAX + 1)))));
        return (count, index % count);
    }

    /// @dev Levels above the leaves.
    function _depthOf(uint256 count) private pure returns (uint256 depth) {
        while (uint256(1) << depth < count) ++depth;
    }

    function _proof(uint256 length, bytes32 seed) private pure returns (bytes32[] memory proof) {
        proof = new bytes32[](length);
        for (uint256 i = 0; i < length; ++i) proof[i] = keccak256(abi.encode(seed, i));
    }

    /// @dev The plain way.
    function _root(uint256 index, BindingId leaf, bytes32[] memory proof) private pure returns (bytes32 node) {
        node = keccak256(bytes.concat(keccak256(abi.encode(LeafTree.TYPEHASH, index, leaf))));
        for (uint256 i = 0; i < proof.length; ++i) {
            bool right = (index >> i) & 1 == 1;
            node = right ? keccak256(abi.encode(proof[i], node)) : keccak256(abi.encode(node, proof[i]));
        }
    }
}
