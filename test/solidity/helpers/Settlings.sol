// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Channel, ChannelType, Terms} from "../../../contracts/types/Channel.sol";
import {ChannelId, SignerId} from "../../../contracts/types/Ids.sol";
import {SettleGroup, SettleRow} from "../../../contracts/types/Settlement.sol";
import {Voucher} from "../../../contracts/types/Voucher.sol";
import {DeviceSignature} from "../../../contracts/types/DeviceSignature.sol";
import {Device} from "./Devices.sol";
import {SignedFundings} from "./SignedFundings.sol";

/// @notice What watchtowers, payees and strangers settle: good vouchers and bad ones, alone and in batches.
abstract contract Settlings is SignedFundings {
    uint256 private constant MORE_MAX = 500 ether;
    uint256 private constant GROUPS_MAX = 6;

    /// @notice The largest total that the channel's payer has signed.
    mapping(ChannelId channelId => uint256 amount) public authorised;

    /// @notice A voucher above what is settled, at times above the deposit too.
    function settleNewer(uint256 seed, uint256 amount) external observed {
        if (_channels.length == 0) return;
        uint256 total = _settled(seed) + _between(amount, 1, MORE_MAX);
        _settle(seed, _row(seed, total, _payerOf(seed)), "settleNewer");
    }

    /// @notice A voucher that pays nothing more.
    function settleOlder(uint256 seed, uint256 amount) external observed {
        if (_channels.length == 0) return;
        uint256 total = _between(amount, 0, _settled(seed));
        _settle(seed, _row(seed, total, _payerOf(seed)), "settleOlder");
    }

    /// @notice A voucher that somebody else signed.
    function settleForeign(uint256 seed, uint256 amount) external observed {
        if (_channels.length == 0) return;
        Channel memory channel = _channel(seed);
        Device memory stranger = _devices[(seed >> 64) % _devices.length];
        if (stranger.id == channel.payer) return;
        SettleRow memory row = _signedBy(seed, _settled(seed) + _between(amount, 1, MORE_MAX), stranger);
        row.payer = channel.payer;
        _settle(seed, row, "settleForeign");
    }

    /// @notice A good voucher, but to another account.
    function settleElsewhere(uint256 seed, uint256 amount) external observed {
        if (_channels.length == 0) return;
        Channel memory channel = _channel(seed);
        SettleGroup[] memory groups = new SettleGroup[](1);
        groups[0] = SettleGroup(address(0xBAD), channel.token, new SettleRow[](1));
        groups[0].rows[0] = _row(seed, _settled(seed) + _between(amount, 1, MORE_MAX), _payerOf(seed));
        ESCROW.settle(groups);
        ++done["settleElsewhere"];
    }

    /// @notice A batch in groups of one row; the same channel may come twice, with a newer, an older or the same total.
    function settleMany(uint256 seed, uint256 amount) external observed {
        if (_channels.length == 0) return;
        SettleGroup[] memory groups = new SettleGroup[](_between(seed, 2, GROUPS_MAX));
        for (uint256 i = 0; i < groups.length; ++i) {
            uint256 which = uint256(keccak256(abi.encode(seed, i)));
            uint256 total = _settled(which) + _between(amount ^ i, 0, MORE_MAX);
            groups[i] = _group(which, _row(which, total, _payerOf(which)));
        }
        ESCROW.settle(groups);
        ++done["settleMany"];
    }

    function _settleServed(uint256 number, uint256 total) internal {
        _settle(number, _signedBy(number, total, _payerOf(number)), "settleServed");
    }

    function _settle(uint256 seed, SettleRow memory row, string memory action) private {
        SettleGroup[] memory groups = new SettleGroup[](1);
        groups[0] = _group(seed, row);
        ESCROW.settle(groups);
        ++done[action];
    }

    function _group(uint256 seed, SettleRow memory row) private view returns (SettleGroup memory group) {
        Channel memory channel = _channel(seed);
        group = SettleGroup(channel.beneficiary, channel.token, new SettleRow[](1));
        group.rows[0] = row;
    }

    function _row(uint256 seed, uint256 total, Device memory payer) private returns (SettleRow memory) {
        _authorise(_channelId(seed), total);
        return _signedBy(seed, total, payer);
    }

    function _signedBy(uint256 seed, uint256 total, Device memory signer) private view returns (SettleRow memory) {
        bytes32 digest = ESCROW_MESSAGES.voucherDigest(Voucher(_channelId(seed), uint96(total), 1, 0));
        DeviceSignature memory signature = signer.signature(digest);
        return
            SettleRow({
                payer: signer.id,
                termsHash: termsHashOf(_channel(seed).terms),
                cumulativeAmount: uint96(total),
                version: 1,
                receiptsRoot: 0,
                r: signature.r,
                vs: signature.vs,
                signer: signature.signer
            });
    }

    function _authorise(ChannelId channelId, uint256 total) internal {
        if (total > authorised[channelId]) authorised[channelId] = total;
    }

    function _settled(uint256 seed) internal view returns (uint96) {
        return ESCROW.channelOf(_channelId(seed)).settled;
    }

    function _payerOf(uint256 seed) internal view returns (Device memory) {
        return _deviceOf(_channel(seed).payer);
    }

    function _deviceOf(SignerId id) internal view returns (Device memory device) {
        for (uint256 i = 0; i < _devices.length; ++i) if (_devices[i].id == id) return _devices[i];
        for (uint256 i = 0; i < _givenUp.length; ++i) if (_givenUp[i].id == id) return _givenUp[i];
    }

    function termsHashOf(Terms memory terms) internal pure returns (bytes32) {
        return keccak256(abi.encode(ChannelType.TERMS_TYPEHASH, terms));
    }
}
