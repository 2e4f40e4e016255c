// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LeafTree} from "../../contracts/libraries/LeafTree.sol";
import {BindingId} from "../../contracts/types/Ids.sol";
import {Check} from "./helpers/Check.sol";

/// @notice The library says of every leaf, index and proof what a tree says that is built level by level, in plain Solidity.
contract LeafTreeTest {
    uint256 private constant COUNT_MAX = 40;
    uint256 private constant LEVELS_MAX = 20;
    uint16 private constant LENGTH_MAX = 600;

    function testFuzz_everyLeafIsIncludedAtItsPlaceAlone(
        uint256 seed,
        uint32 count,
        uint32 index,
        uint32 other
    ) public view {
        count = uint32(1 + (count % COUNT_MAX));
        index %= count;
        bytes32[][] memory levels = _levels(seed, count);
        bytes32 root = levels[levels.length - 1][0];
        bytes32[] memory proof = _proof(levels, index);
        Check.yes(this.includes(root, count, index, _binding(seed, index), proof), "its place");
        if (other != index)
            Check.yes(!this.includes(root, count, other, _binding(seed, index), proof), "another place");
        uint32 near = other % uint32(2 * COUNT_MAX);
        if (near != index) Check.yes(!this.includes(root, count, near, _binding(seed, index), proof), "a near place");
        BindingId foreign = BindingId.wrap(keccak256(abi.encode(seed, "foreign")));
        Check.yes(!this.includes(root, count, index, foreign, proof), "another binding");
    }

    function testFuzz_noInnerNodeIsALeaf(uint256 seed, uint32 count, uint32 index, uint256 height) public view {
        count = uint32(2 + (count % (COUNT_MAX - 1)));
        index %= count;
        bytes32[][] memory levels = _levels(seed, count);
        height = 1 + (height % (levels.length - 1));
        bytes32 root = levels[levels.length - 1][0];
        bytes32[] memory proof = _proof(levels, index);
        BindingId node = BindingId.wrap(levels[height][index >> height]);
        // As a leaf at the node's own place, with what is left of the path; of the whole tree, and of one cut off above.
        bytes32[] memory rest = _slice(proof, height, proof.length);
        Check.yes(!this.includes(root, count, index, node, proof), "in place of the leaf");
        Check.yes(!this.includes(root, count, index >> height, node, rest), "at its place");
        Check.yes(!this.includes(root, ((count - 1) >> height) + 1, index >> height, node, rest), "of a smaller count");
    }

    function testFuzz_aProofOfAnyOtherLengthIsRefused(
        uint256 seed,
        uint32 count,
        uint32 index,
        uint16 length
    ) public view {
        count = uint32(1 + (count % COUNT_MAX));
        index %= count;
        bytes32[][] memory levels = _levels(seed, count);
        bytes32 root = levels[levels.length - 1][0];
        bytes32[] memory proof = _proof(levels, index);
        // Beyond 255 a shift gives zero, which must not look like a fitting length.
        length %= LENGTH_MAX;
        if (length == proof.length) return;
        bytes32[] memory resized = new bytes32[](length);
        for (uint256 i = 0; i < length && i < proof.length; ++i) resized[i] = proof[i];
        Check.yes(!this.includes(root, count, index, _binding(seed, index), resized), "length");
        // Nor where the root is the one that this path leads to.
        bytes32 led = _climb(_leaf(index, _binding(seed, index)), index, resized);
        Check.yes(!this.includes(led, count, index, _binding(seed, index), resized), "length, with its own root");
    }

    function testFuzz_itClimbsAsPlainSolidityDoes(
        uint32 count,
        uint32 index,
        bytes32 bindingId,
        bytes32[] memory siblings,
        bytes32 wrong
    ) public view {
        uint256 levels = siblings.length < LEVELS_MAX ? siblings.length : LEVELS_MAX;
        bytes32[] memory proof = _slice(siblings, 0, levels);
        // Any count that needs so many levels.
        uint256 least = levels == 0 ? 1 : (1 << (levels - 1)) + 1;
        count = uint32(least + (count % ((1 << levels) - least + 1)));
        index %= count;
        bytes32 root = _climb(_leaf(index, BindingId.wrap(bindingId)), index, proof);
        Check.yes(this.includes(root, count, index, BindingId.wrap(bindingId), proof), "climbed");
        if (wrong != root)
            Check.yes(!this.includes(wrong, count, index, BindingId.wrap(bindingId), proof), "wrong root");
    }

    function testFuzz_anEmptyPlaceIsNoLeaf(uint256 seed, uint32 count, uint32 index) public view {
        count = uint32(2 + (count % (COUNT_MAX - 1)));
        bytes32[][] memory levels = _levels(seed, count);
        uint256 places = levels[0].length;
        if (places == count) return;
        index = uint32(count + (index % (places - count)));
        bytes32 root = levels[levels.length - 1][0];
        bytes32[] memory proof = _proof(levels, index);
        Check.yes(!this.includes(root, count, index, BindingId.wrap(0), proof), "zero");
        Check.yes(!this.includes(root, places, index, BindingId.wrap(0), proof), "zero, of a full count");
    }

    function test_aTreeOfNoneHasNoLeaf() public view {
        BindingId bindingId = BindingId.wrap(keccak256("binding"));
        Check.yes(!this.includes(_leaf(0, bindingId), 0, 0, bindingId, new bytes32[](0)), "count 0");
    }

    function includes(
        bytes32 root,
        uint256 count,
        uint256 index,
        BindingId bindingId,
        bytes32[] calldata proof
    ) external pure returns (bool) {
        return LeafTree.includes(root, count, index, bindingId, proof);
    }

    /// @dev Leaves first; places after the last leaf hold zero.
    function _levels(uint256 seed, uint256 count) private pure returns (bytes32[][] memory levels) {
        uint256 depth = 0;
        while (1 << depth < count) ++depth;
        levels = new bytes32[][](depth + 1);
        levels[0] = new bytes32[](1 << depth);
        for (uint256 i = 0; i < count; ++i) levels[0][i] = _leaf(i, _binding(seed, i));
        for (uint256 height = 1; height <= depth; ++height) {
            levels[height] = new bytes32[](1 << (depth - height));
            for (uint256 i = 0; i < levels[height].length; ++i) {
                levels[height][i] = _node(levels[height - 1][2 * i], levels[height - 1][2 * i + 1]);
            }
        }
    }

    function _proof(bytes32[][] memory levels, uint256 index) private pure returns (bytes32[] memory proof) {
        proof = new bytes32[](levels.length - 1);
        for (uint256 height = 0; height < proof.length; ++height) proof[height] = levels[height][(index >> height) ^ 1];
    }

    function _climb(bytes32 node, uint256 index, bytes32[] memory proof) private pure returns (bytes32) {
        for (uint256 height = 0; height < proof.length; ++height) {
            bool isRight = (index >> height) % 2 == 1;
            node = isRight ? _node(proof[height], node) : _node(node, proof[height]);
        }
        return node;
    }

    function _slice(bytes32[] memory list, uint256 from, uint256 to) private pure returns (bytes32[] memory part) {
        part = new bytes32[](to - from);
        for (uint256 i = 0; i < part.length; ++i) part[i] = list[from + i];
    }

    function _leaf(uint256 index, BindingId bindingId) private pure returns (bytes32) {
        bytes32 typehash = keccak256("Leaf(uint32 index,bytes32 bindingId)");
        return keccak256(abi.encode(keccak256(abi.encode(typehash, index, bindingId))));
    }

    function _node(bytes32 left, bytes32 right) private pure returns (bytes32) {
        return keccak256(abi.encode(left, right));
    }

    function _binding(uint256 seed, uint256 index) private pure returns (BindingId) {
        return BindingId.wrap(keccak256(abi.encode(seed, index)));
    }
}
