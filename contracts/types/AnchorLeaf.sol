// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChannelId} from "./Ids.sol";

/// @notice One channel as its newest voucher has it at the end of an epoch: what is hashed, twice, into an {Anchor}'s tree.
/// The receipts root proves the itemised history behind the total.
struct AnchorLeaf {
    uint32 index; // its place, from 0; leaves are sorted by channel
    ChannelId channelId;
    uint96 cumulativeAmount; // token base units
    uint64 version;
    bytes32 receiptsRoot;
}

/// @notice Hashing of {AnchorLeaf}. An inner node is the hash of 64 bytes, so neither can stand for the other.
library AnchorLeafType {
    bytes32 internal constant TYPEHASH = keccak256(
        "AnchorLeaf(uint32 index,bytes32 channelId,uint96 cumulativeAmount,uint64 version,bytes32 receiptsRoot)"
    );

    /// @notice Its place in the tree: the hash of its EIP-712 struct hash.
    function nodeHash(AnchorLeaf calldata leaf) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256(abi.encode(TYPEHASH, leaf))));
    }
}
