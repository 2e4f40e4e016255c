// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChannelId} from "./Ids.sol";

/// @notice Signed promise of a total that grows with every tick revealed: after `n` ticks it is
/// `cumulativeAmount + n * tickAmount`. Signed once by the payer's device, then paid by pre-images (PayWord, Rivest and
/// Shamir 1996). A plain {Voucher} of that total replaces it.
struct StreamVoucher {
    ChannelId channelId; // the channel it belongs to
    uint96 cumulativeAmount; // token base units; the *total* before the first tick
    uint64 version; // orders the messages of one channel; rises strictly
    bytes32 receiptsRoot; // root of the receipt chain before the first tick
    uint96 tickAmount; // token base units for each tick
    uint32 tickCount; // most ticks that can be paid
    bytes32 tickRoot; // SHA-256 applied `tickCount` times to the payer's secret
}

/// @notice Hashing of {StreamVoucher}.
library StreamVoucherType {
    bytes32 internal constant TYPEHASH = keccak256(
        "StreamVoucher(bytes32 channelId,uint96 cumulativeAmount,uint64 version,bytes32 receiptsRoot,uint96 tickAmount,uint32 tickCount,bytes32 tickRoot)"
    );

    /// @notice EIP-712 struct hash.
    function structHash(StreamVoucher memory voucher) internal pure returns (bytes32) {
        return keccak256(abi.encode(TYPEHASH, voucher));
    }
}
