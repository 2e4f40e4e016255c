// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ScratchHash} from "../libraries/ScratchHash.sol";
import {BindingId} from "./Ids.sol";

/// @notice Takes back an announced rebinding. Signed by the liable party of the running record.
struct RebindVeto {
    BindingId bindingId; // the record that stays
    uint24 sequence; // the record's current sequence: accepting the message raises it
    uint40 deadline; // last second in which it can be relayed
}

/// @notice Hashing of {RebindVeto}.
library RebindVetoType {
    bytes32 internal constant TYPEHASH = keccak256("RebindVeto(bytes32 bindingId,uint24 sequence,uint40 deadline)");

    /// @notice EIP-712 digest.
    function digest(bytes32 domain, RebindVeto calldata message) internal pure returns (bytes32) {
        uint256 offset;
        // Why assembly: only there a struct in calldata is the place where it lies.
        assembly ("memory-safe") {
            offset := message
        }
        return ScratchHash.digest(domain, TYPEHASH, offset, 0x60);
    }
}
