// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ScratchHash} from "../libraries/ScratchHash.sol";
import {BindingId, SignerId} from "./Ids.sol";

/// @notice A one-way channel. Its EIP-712 digest in the escrow's domain is the channel's id.
struct Channel {
    SignerId payer; // deviceId of the key that signs vouchers
    address beneficiary; // receives what is settled
    address token; // an ERC-20 that moves exactly what it says; rebasing tokens are unsupported
    Terms terms; // hashed, so that a row to settle carries one word for all of it
}

/// @notice The same, with the hash of the terms in place of the terms: all that settling needs of a channel.
struct HashedChannel {
    SignerId payer;
    address beneficiary;
    address token;
    bytes32 termsHash; // EIP-712 struct hash of the channel's terms
}

/// @notice What is fixed at opening and needed again only to close. Never stored; {IChannelEscrow-ChannelOpened} has it.
struct Terms {
    BindingId payerBinding; // binding under which the payer spends
    address funder; // deposits, and is refunded
    SignerId payee; // deviceId of the machine paid: signs acknowledgements and the cooperative close
    BindingId payeeBinding; // that machine's binding when the channel opens
    uint40 closeDelaySeconds; // time the payee has to settle after a request to close
    bytes32 salt; // makes the channel unique
}

/// @notice Hashing of {Terms} and {Channel}.
library ChannelType {
    bytes32 internal constant TERMS_TYPEHASH = keccak256(
        "Terms(bytes32 payerBinding,address funder,bytes32 payee,bytes32 payeeBinding,uint40 closeDelaySeconds,bytes32 salt)"
    );

    bytes32 internal constant TYPEHASH = keccak256(
        "Channel(bytes32 payer,address beneficiary,address token,Terms terms)Terms(bytes32 payerBinding,address funder,bytes32 payee,bytes32 payeeBinding,uint40 closeDelaySeconds,bytes32 salt)"
    );

    uint256 private constant TERMS_BYTES = 6 * 32;

    /// @notice EIP-712 struct hash of the terms.
    function termsHash(Terms calldata terms) internal pure returns (bytes32) {
        uint256 offset;
        // Why assembly: only there a struct in calldata is the place where it lies.
        assembly ("memory-safe") {
            offset := terms
        }
        return ScratchHash.structHash(TERMS_TYPEHASH, offset, TERMS_BYTES);
    }

    /// @notice EIP-712 digest of the channel, from the parts that a row to settle carries.
    function digest(
        bytes32 domain,
        SignerId payer,
        address beneficiary,
        address token,
        bytes32 hashOfTerms
    ) internal pure returns (bytes32) {
        return
            ScratchHash.digestOfFour(
                domain,
                TYPEHASH,
                SignerId.unwrap(payer),
                bytes32(uint256(uint160(beneficiary))),
                bytes32(uint256(uint160(token))),
                hashOfTerms
            );
    }
}
