// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

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

    /// @notice EIP-712 struct hash.
    function structHash(RevokeMany calldata message) internal pure returns (bytes32) {
        Revocation[] calldata rows = message.rows;
        bytes32[] memory hashes = new bytes32[](rows.length);
        for (uint256 i = 0; i < rows.length; ++i) hashes[i] = rowHash(rows[i]);
        return keccak256(abi.encode(TYPEHASH, keccak256(abi.encodePacked(hashes)), message.deadline));
    }

    /// @notice EIP-712 struct hash of one row.
    function rowHash(Revocation calldata row) internal pure returns (bytes32) {
        return keccak256(abi.encode(ROW_TYPEHASH, row));
    }
}
