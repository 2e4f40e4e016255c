// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ScratchHash} from "../libraries/ScratchHash.sol";
import {BindingId} from "./Ids.sol";

/// @notice Ends a binding. Signed by its liable party, for instance because the device was sold.
struct Release {
    BindingId bindingId; // the record that ends
    uint24 sequence; // the record's current sequence: accepting the message raises it
    BindingId successor; // the binding that follows in the same call; 0 = plain end
    uint40 deadline; // last second in which it can be relayed
}

/// @notice Hashing of {Release}.
library ReleaseType {
    bytes32 internal constant TYPEHASH = keccak256(
        "Release(bytes32 bindingId,uint24 sequence,bytes32 successor,uint40 deadline)"
    );

    uint256 private constant FIELDS_BYTES = 4 * 32;

    /// @notice EIP-712 digest.
    function digest(bytes32 domain, Release calldata message) internal pure returns (bytes32) {
        uint256 offset;
        // Why assembly: only there a struct in calldata is the place where it lies.
        assembly ("memory-safe") {
            offset := message
        }
        return ScratchHash.digest(domain, TYPEHASH, offset, FIELDS_BYTES);
    }

    /// @notice EIP-712 digest of a message that was not sent but follows.
    function digestOf(
        bytes32 domain,
        BindingId bindingId,
        uint24 sequence,
        BindingId successor,
        uint40 deadline
    ) internal pure returns (bytes32) {
        return
            ScratchHash.digestOfFour(
                domain,
                TYPEHASH,
                BindingId.unwrap(bindingId),
                bytes32(uint256(sequence)),
                BindingId.unwrap(successor),
                bytes32(uint256(deadline))
            );
    }
}
