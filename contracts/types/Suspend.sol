// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ScratchHash} from "../libraries/ScratchHash.sol";
import {BindingId} from "./Ids.sol";

/// @notice Stops new money under a binding for now. Signed by the liable party or by the attester alone.
struct Suspend {
    BindingId bindingId; // the record it is about
    uint24 sequence; // the record's current sequence: accepting the message raises it
    uint40 deadline; // last second in which it can be relayed
}

/// @notice Hashing of {Suspend}.
library SuspendType {
    bytes32 internal constant TYPEHASH = keccak256("Suspend(bytes32 bindingId,uint24 sequence,uint40 deadline)");

    uint256 private constant FIELDS_BYTES = 3 * 32;

    /// @notice EIP-712 digest.
    function digest(bytes32 domain, Suspend calldata message) internal pure returns (bytes32) {
        uint256 offset;
        // Why assembly: only there a struct in calldata is the place where it lies.
        assembly ("memory-safe") {
            offset := message
        }
        return ScratchHash.digest(domain, TYPEHASH, offset, FIELDS_BYTES);
    }
}
