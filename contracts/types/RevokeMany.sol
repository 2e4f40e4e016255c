// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ScratchHash} from "../libraries/ScratchHash.sol";
import {BindingId} from "./Ids.sol";

/// @notice One binding of a {RevokeMany}.
struct Revocation {
    BindingId bindingId; // the record that ends
    uint24 sequence; // the record's current sequence
}

/// @notice Ends many bindings of one attester with one signature. Signed by that attester.
struct RevokeMany {
    Revocation[] rows;
    uint40 deadline; // last second in which it can be relayed
}

/// @notice Hashing of {RevokeMany}.
library RevokeManyType {
    bytes32 internal constant ROW_TYPEHASH = keccak256("Revocation(bytes32 bindingId,uint24 sequence)");

    bytes32 internal constant TYPEHASH = keccak256(
        "RevokeMany(Revocation[] rows,uint40 deadline)Revocation(bytes32 bindingId,uint24 sequence)"
    );

    uint256 private constant ROW_BYTES = 2 * 32;

    /// @notice EIP-712 struct hash.
    function structHash(RevokeMany calldata message) internal pure returns (bytes32) {
        Revocation[] calldata rows = message.rows;
        uint256 offset;
        // Why assembly: only there an array in calldata is the place where it lies.
        assembly ("memory-safe") {
            offset := rows.offset
        }
        bytes32 hashOfRows = ScratchHash.arrayHash(ROW_TYPEHASH, offset, rows.length, ROW_BYTES);
        return keccak256(abi.encode(TYPEHASH, hashOfRows, message.deadline));
    }

    /// @notice The row's sequence.
    function sequenceOf(Revocation calldata row) internal pure returns (uint24 sequence) {
        // Why assembly: the compiler would check the field's other bits for each row. They were hashed: nobody signs them.
        assembly ("memory-safe") {
            sequence := and(calldataload(add(row, 0x20)), 0xffffff)
        }
    }

    /// @notice EIP-712 struct hash of one row.
    function rowHash(Revocation calldata row) internal pure returns (bytes32) {
        return keccak256(abi.encode(ROW_TYPEHASH, row));
    }
}
