// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChannelId} from "./Ids.sol";

/// @notice The payee's signature that it received a total. Signed by the payee's device.
struct Acknowledgement {
    ChannelId channelId; // the channel it belongs to
    uint96 cumulativeAmount; // token base units; the *total* received so far
    uint64 version; // orders the messages of one channel; rises strictly
    bytes32 receiptsRoot; // root of the receipt chain up to this version
}

/// @notice Hashing of {Acknowledgement}.
library AcknowledgementType {
    bytes32 internal constant TYPEHASH = keccak256(
        "Acknowledgement(bytes32 channelId,uint96 cumulativeAmount,uint64 version,bytes32 receiptsRoot)"
    );

    /// @notice EIP-712 struct hash.
    function structHash(Acknowledgement memory acknowledgement) internal pure returns (bytes32) {
        return keccak256(abi.encode(TYPEHASH, acknowledgement));
    }
}
