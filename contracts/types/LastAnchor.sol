// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice What is kept of a publisher's last anchor, in one word: the epoch in the lowest 64 bits, above it the first 24
/// bytes of keccak256(root). Zero before the first. Two roots with the same 24 bytes cost 2^96 hashes to find, and would be
/// the publisher's own.
type LastAnchor is uint256;

using LastAnchorLib for LastAnchor global;

/// @notice Reads and makes a {LastAnchor}.
library LastAnchorLib {
    uint256 private constant EPOCH_BITS = 64;

    /// @notice The word after an anchor.
    function pack(uint64 newest, bytes32 root) internal pure returns (LastAnchor) {
        return LastAnchor.wrap((uint256(_hash(root)) << EPOCH_BITS) | newest);
    }

    /// @notice The epoch; 0 before the first anchor.
    function epoch(LastAnchor last) internal pure returns (uint64) {
        return uint64(LastAnchor.unwrap(last));
    }

    /// @notice Whether this is the last root. Before the first anchor that is zero, and afterwards never.
    function isRoot(LastAnchor last, bytes32 root) internal pure returns (bool) {
        if (LastAnchor.unwrap(last) == 0) return root == 0;
        return LastAnchor.unwrap(last) >> EPOCH_BITS == _hash(root);
    }

    /// @notice The first 24 bytes of keccak256 of the last root; zero before the first anchor.
    function rootHash(LastAnchor last) internal pure returns (bytes24) {
        return bytes24(uint192(LastAnchor.unwrap(last) >> EPOCH_BITS));
    }

    function _hash(bytes32 root) private pure returns (uint192 hash) {
        // Why assembly: one word to hash needs no memory of its own.
        assembly ("memory-safe") {
            mstore(0x00, root)
            hash := shr(64, keccak256(0x00, 0x20))
        }
    }
}
