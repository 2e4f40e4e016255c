// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChannelId} from "./Ids.sol";

/// @notice Signed promise of a total that grows once, when a secret is revealed in time: to
/// `cumulativeAmount + lockedAmount`. Signed by the payer's device. A plain {Voucher} of a later version resolves it.
struct HashlockVoucher {
    ChannelId channelId; // the channel it belongs to
    uint96 cumulativeAmount; // token base units; the *total* without the locked amount
    uint64 version; // orders the messages of one channel; rises strictly
    bytes32 receiptsRoot; // root of the receipt chain without the locked amount
    uint96 lockedAmount; // token base units, paid for the pre-image
    bytes32 hashlock; // SHA-256 of a secret of 32 bytes
    uint40 expiresAt; // seconds; from then on nothing is paid
}

/// @notice Hashing of {HashlockVoucher}.
library HashlockVoucherType {
    bytes32 internal constant TYPEHASH = keccak256(
        "HashlockVoucher(bytes32 channelId,uint96 cumulativeAmount,uint64 version,bytes32 receiptsRoot,uint96 lockedAmount,bytes32 hashlock,uint40 expiresAt)"
    );

    /// @notice EIP-712 struct hash.
    function structHash(HashlockVoucher memory voucher) internal pure returns (bytes32) {
        return keccak256(abi.encode(TYPEHASH, voucher));
    }
}
