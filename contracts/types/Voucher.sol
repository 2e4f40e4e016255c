// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ScratchHash} from "../libraries/ScratchHash.sol";
import {ChannelId} from "./Ids.sol";

/// @notice Signed promise of the total owed so far on one channel. A newer one replaces every older one.
/// Signed by the payer's device.
struct Voucher {
    ChannelId channelId; // the channel it belongs to
    uint96 cumulativeAmount; // token base units; the *total* owed so far
    uint64 version; // orders the messages of one channel; rises strictly
    bytes32 receiptsRoot; // root of the receipt chain up to this version
}

/// @notice Hashing of {Voucher}.
library VoucherType {
    bytes32 internal constant TYPEHASH = keccak256(
        "Voucher(bytes32 channelId,uint96 cumulativeAmount,uint64 version,bytes32 receiptsRoot)"
    );

    /// @notice EIP-712 digest: what the payer signs.
    function digest(
        bytes32 domain,
        ChannelId channelId,
        uint96 cumulativeAmount,
        uint64 version,
        bytes32 receiptsRoot
    ) internal pure returns (bytes32) {
        return
            ScratchHash.digestOfFour(
                domain,
                TYPEHASH,
                ChannelId.unwrap(channelId),
                bytes32(uint256(cumulativeAmount)),
                bytes32(uint256(version)),
                receiptsRoot
            );
    }
}
