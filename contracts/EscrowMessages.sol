// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {Messages} from "./Messages.sol";
import {Acknowledgement, AcknowledgementType} from "./types/Acknowledgement.sol";
import {Channel, ChannelType} from "./types/Channel.sol";
import {CooperativeClose, CooperativeCloseType} from "./types/CooperativeClose.sol";
import {FundingOrder, FundingOrderType} from "./types/FundingOrder.sol";
import {HashlockVoucher, HashlockVoucherType} from "./types/HashlockVoucher.sol";
import {ChannelId} from "./types/Ids.sol";
import {RequestClose, RequestCloseType} from "./types/RequestClose.sol";
import {StreamVoucher, StreamVoucherType} from "./types/StreamVoucher.sol";
import {Voucher, VoucherType} from "./types/Voucher.sol";

/// @title Messages of the channel escrow
/// @notice Type hash and digest of every message that is signed in the escrow's domain, through the very code that the
/// escrow compiles in. Who writes a client compares with it; code generation and golden vectors do.
/// @dev Why not in the escrow: a getter there costs every caller of it gas.
contract EscrowMessages is Messages {
    /// @notice Type hash of {Channel}, whose digest is the channel's id.
    bytes32 public constant CHANNEL_TYPEHASH = ChannelType.TYPEHASH;
    /// @notice Type hash of {Terms}.
    bytes32 public constant TERMS_TYPEHASH = ChannelType.TERMS_TYPEHASH;
    /// @notice Type hash of {FundingOrder}.
    bytes32 public constant FUNDING_ORDER_TYPEHASH = FundingOrderType.TYPEHASH;
    /// @notice Type hash of {Voucher}.
    bytes32 public constant VOUCHER_TYPEHASH = VoucherType.TYPEHASH;
    /// @notice Type hash of {StreamVoucher}.
    bytes32 public constant STREAM_VOUCHER_TYPEHASH = StreamVoucherType.TYPEHASH;
    /// @notice Type hash of {HashlockVoucher}.
    bytes32 public constant HASHLOCK_VOUCHER_TYPEHASH = HashlockVoucherType.TYPEHASH;
    /// @notice Type hash of {Acknowledgement}.
    bytes32 public constant ACKNOWLEDGEMENT_TYPEHASH = AcknowledgementType.TYPEHASH;
    /// @notice Type hash of {CooperativeClose}.
    bytes32 public constant COOPERATIVE_CLOSE_TYPEHASH = CooperativeCloseType.TYPEHASH;
    /// @notice Type hash of {RequestClose}.
    bytes32 public constant REQUEST_CLOSE_TYPEHASH = RequestCloseType.TYPEHASH;

    /// @param escrow whose EIP-712 domain the digests are of
    constructor(IERC5267 escrow) Messages(escrow) {}

    /// @notice The channel's id, which is the EIP-712 digest of the channel.
    function channelIdOf(Channel calldata channel) external view returns (ChannelId) {
        bytes32 termsHash = ChannelType.termsHash(channel.terms);
        return
            ChannelId.wrap(
                ChannelType.digest(DOMAIN_SEPARATOR, channel.payer, channel.beneficiary, channel.token, termsHash)
            );
    }

    /// @notice What the funder signs of a {FundingOrder}.
    function fundingOrderDigest(FundingOrder calldata message) external view returns (bytes32) {
        return _digest(FundingOrderType.structHash(message));
    }

    /// @notice What the payer signs of a {Voucher}.
    function voucherDigest(Voucher calldata message) external view returns (bytes32) {
        return
            VoucherType.digest(
                DOMAIN_SEPARATOR,
                message.channelId,
                message.cumulativeAmount,
                message.version,
                message.receiptsRoot
            );
    }

    /// @notice What the payer signs of a {StreamVoucher}.
    function streamVoucherDigest(StreamVoucher calldata message) external view returns (bytes32) {
        return _digest(StreamVoucherType.structHash(message));
    }

    /// @notice What the payer signs of a {HashlockVoucher}.
    function hashlockVoucherDigest(HashlockVoucher calldata message) external view returns (bytes32) {
        return _digest(HashlockVoucherType.structHash(message));
    }

    /// @notice What the payee signs when it has received a total. The escrow keeps nothing of it.
    function acknowledgementDigest(Acknowledgement calldata message) external view returns (bytes32) {
        return _digest(AcknowledgementType.structHash(message));
    }

    /// @notice What the payee signs to close.
    function cooperativeCloseDigest(CooperativeClose calldata message) external view returns (bytes32) {
        return _digest(CooperativeCloseType.structHash(message));
    }

    /// @notice What funder, payer or liable party sign to request a close.
    function requestCloseDigest(RequestClose calldata message) external view returns (bytes32) {
        return _digest(RequestCloseType.structHash(message));
    }
}
