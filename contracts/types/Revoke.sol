// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BindingId} from "./Ids.sol";

/// @notice Ends a binding. Signed by its attester.
struct Revoke {
    BindingId bindingId; // the record it is about
    uint24 sequence; // the record's current sequence: accepting the message raises it
    uint40 deadline; // last second in which it can be relayed
}

/// @notice Hashing of {Revoke}.
library RevokeType {
    bytes32 internal constant TYPEHASH = keccak256("Revoke(bytes32 bindingId,uint24 sequence,uint40 deadline)");

    /// @notice EIP-712 struct hash.
    function structHash(Revoke memory message) internal pure returns (bytes32) {
        return keccak256(abi.encode(TYPEHASH, message));
    }
}
