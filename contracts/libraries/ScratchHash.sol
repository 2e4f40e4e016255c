// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Hashes words that are written behind the allocated memory and forgotten.
/// Why: `keccak256(abi.encode(...))` keeps what it encodes, so every row of a batch makes memory dearer for the next one.
library ScratchHash {
    /// @dev What EIP-712 puts before the domain: two bytes, and thirty that are written over.
    uint256 private constant PREFIX = 0x1901 << 240;

    /// @notice EIP-712 struct hash of `size` bytes of static fields at `offset` of the calldata.
    /// Why: their ABI layout is the EIP-712 encoding already, so one copy replaces a read and a write of each. A field with
    /// dirty high bits gives a hash that nobody has signed.
    function structHash(bytes32 typehash, uint256 offset, uint256 size) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            mstore(scratch, typehash)
            calldatacopy(add(scratch, 0x20), offset, size)
            result := keccak256(scratch, add(size, 0x20))
        }
    }

    /// @notice EIP-712 digest of the same.
    function digest(bytes32 domain, bytes32 typehash, uint256 offset, uint256 size) internal pure returns (bytes32) {
        return digest(domain, structHash(typehash, offset, size));
    }

    /// @notice EIP-712 digest, given the struct hash.
    function digest(bytes32 domain, bytes32 hashOfStruct) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            mstore(scratch, PREFIX)
            mstore(add(scratch, 0x02), domain)
            mstore(add(scratch, 0x22), hashOfStruct)
            result := keccak256(scratch, 0x42)
        }
    }

    /// @notice keccak256 of bytes in the calldata.
    function ofBytes(bytes calldata data) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            calldatacopy(scratch, data.offset, data.length)
            result := keccak256(scratch, data.length)
        }
    }

    /// @notice EIP-712 hash of an array of structs of static fields, `size` bytes each, from `offset` of the calldata on.
    /// The hashes are written one after another, and one row's fields behind the last of them.
    function arrayHash(
        bytes32 typehash,
        uint256 offset,
        uint256 count,
        uint256 size
    ) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            let end := add(scratch, shl(5, count))
            let rowSize := add(size, 0x20)
            mstore(end, typehash)
            let fields := add(end, 0x20)
            for {
                let hash := scratch
            } lt(hash, end) {
                hash := add(hash, 0x20)
            } {
                calldatacopy(fields, offset, size)
                mstore(hash, keccak256(end, rowSize))
                offset := add(offset, size)
            }
            result := keccak256(scratch, sub(end, scratch))
        }
    }

    /// @notice EIP-712 digest of a struct of four fields.
    function digestOfFour(
        bytes32 domain,
        bytes32 typehash,
        bytes32 a,
        bytes32 b,
        bytes32 c,
        bytes32 d
    ) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            mstore(scratch, typehash)
            mstore(add(scratch, 0x20), a)
            mstore(add(scratch, 0x40), b)
            mstore(add(scratch, 0x60), c)
            mstore(add(scratch, 0x80), d)
            let hashOfStruct := keccak256(scratch, 0xa0)
            mstore(scratch, PREFIX)
            mstore(add(scratch, 0x02), domain)
            mstore(add(scratch, 0x22), hashOfStruct)
            result := keccak256(scratch, 0x42)
        }
    }
}
