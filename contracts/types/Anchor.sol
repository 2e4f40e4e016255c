// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ScratchHash} from "../libraries/ScratchHash.sol";
import {SignerId} from "./Ids.sol";

/// @notice A publisher's word on its whole history at the end of an epoch: the root over the state of every channel. Signed
/// by the publisher. The epoch lets each be published once, the previous root on top of one history alone.
struct Anchor {
    SignerId publisher; // who says so
    uint64 epoch; // counts the publisher's anchors, from 1, without gaps
    bytes32 previousRoot; // of the epoch before; 0 for the first
    bytes32 root; // Merkle root over {AnchorLeaf}s
    uint32 count; // leaves below the root
    uint96 total; // token base units; sum of the leaves' totals
}

/// @notice Hashing of {Anchor}.
library AnchorType {
    bytes32 internal constant TYPEHASH = keccak256(
        "Anchor(bytes32 publisher,uint64 epoch,bytes32 previousRoot,bytes32 root,uint32 count,uint96 total)"
    );

    /// @notice EIP-712 digest.
    function digest(bytes32 domain, Anchor calldata message) internal pure returns (bytes32) {
        uint256 offset;
        // Why assembly: only there a struct in calldata is the place where it lies.
        assembly ("memory-safe") {
            offset := message
        }
        return ScratchHash.digest(domain, TYPEHASH, offset, 0xc0);
    }
}
