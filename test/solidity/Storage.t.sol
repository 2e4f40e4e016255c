// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {DeviceSignature} from "../../contracts/types/DeviceSignature.sol";
import {LocalJpyToken} from "../../contracts/settlement-token/LocalJpyToken.sol";
import {Binding} from "../../contracts/types/Binding.sol";
import {Channel, ChannelType} from "../../contracts/types/Channel.sol";
import {CooperativeClose} from "../../contracts/types/CooperativeClose.sol";
import {BindingId, ChannelId} from "../../contracts/types/Ids.sol";
import {SettleGroup, SettleRow} from "../../contracts/types/Settlement.sol";
import {Voucher} from "../../contracts/types/Voucher.sol";
import {Check} from "./helpers/Check.sol";
import {Device} from "./helpers/Devices.sol";
import {VM} from "./helpers/Vm.sol";
import {World} from "./helpers/World.sol";

/// @notice Invariant I4 of README.md: one slot a channel, one slot a binding's record. Counts the slots that each call
/// writes, whatever the amounts.
contract StorageTest is World {
    function testFuzz_I4_bindingWritesRecordAndHead(uint256 seed) public {
        Binding memory next = _newBinding(0, REGISTRY.headOf(_devices[0].id));
        next.billingRef = bytes32(seed);
        Device memory device = _devices[0];
        BindingId head = next.previous;
        VM.record();
        REGISTRY.renew(next, _bindings[head], _signatures(device, next), device.signer, _party.signer);
        // The new record, the new head, and the end of the old record.
        _requireWritten(address(REGISTRY), 3);
    }

    function testFuzz_I4_openingWritesOneSlotAChannel(uint96 amount) public {
        amount = uint96(_between(amount, 1, CEILING));
        (Channel memory channel, address funder) = _prepare(amount);
        VM.record();
        VM.prank(funder);
        ESCROW.openFromBalance(channel, _heads[0], amount);
        // Channel and balance; record of the binding.
        _requireWritten(address(ESCROW), 2);
        _requireWritten(address(REGISTRY), 1);
    }

    function testFuzz_I4_toppingUpWritesOneSlotAChannel(uint96 amount, uint96 more) public {
        amount = uint96(_between(amount, 1, CEILING - 1));
        more = uint96(_between(more, 1, CEILING - amount));
        (Channel memory channel, address funder) = _open(amount, more);
        VM.record();
        VM.prank(funder);
        ESCROW.topUpFromBalance(channel, _heads[0], more);
        _requireWritten(address(ESCROW), 2);
        _requireWritten(address(REGISTRY), 1);
    }

    function testFuzz_I4_settlingWritesOneSlotAChannel(uint96 amount, uint96 total) public {
        amount = uint96(_between(amount, 1, CEILING));
        (Channel memory channel, ) = _open(amount, 0);
        SettleGroup[] memory groups = _groups(channel, uint96(_between(total, 1, type(uint96).max)));
        VM.record();
        ESCROW.settle(groups);
        // Channel and payout.
        _requireWritten(address(ESCROW), 2);
        _requireWritten(address(REGISTRY), 0);
    }

    function testFuzz_I4_closingWritesOneSlotAChannel(uint96 amount, uint96 kept) public {
        amount = uint96(_between(amount, 2, CEILING));
        kept = uint96(_between(kept, 1, amount - 1));
        (Channel memory channel, ) = _open(amount, 0);
        ChannelId id = ESCROW_MESSAGES.channelIdOf(channel);
        DeviceSignature memory payee = _devices[PAYERS].signature(
            ESCROW_MESSAGES.cooperativeCloseDigest(CooperativeClose(id, kept, 1, 0))
        );
        DeviceSignature memory payer = _devices[0].signature(ESCROW_MESSAGES.voucherDigest(Voucher(id, kept, 1, 0)));
        VM.record();
        ESCROW.close(channel, kept, 1, 0, payee, kept, payer);
        // Channel, payout and balance.
        _requireWritten(address(ESCROW), 3);
    }

    function testFuzz_I4_leavingWritesOneSlotAChannel(uint96 amount) public {
        (Channel memory channel, address funder) = _open(uint96(_between(amount, 1, CEILING)), 0);
        VM.record();
        VM.prank(funder);
        ESCROW.requestClose(channel);
        _requireWritten(address(ESCROW), 1);

        VM.warp(block.timestamp + FLOOR);
        VM.record();
        ESCROW.finalizeClose(channel);
        // Channel and balance.
        _requireWritten(address(ESCROW), 2);
    }

    function _prepare(uint256 balance) private returns (Channel memory channel, address funder) {
        channel = _newChannel(0, 0, beneficiaries[0], 0);
        funder = channel.terms.funder;
        LocalJpyToken(channel.token).mint(funder, balance);
        VM.prank(funder);
        IERC20(channel.token).approve(address(ESCROW), balance);
        VM.prank(funder);
        ESCROW.depositBalance(channel.token, balance);
    }

    function _open(uint96 amount, uint96 more) private returns (Channel memory channel, address funder) {
        (channel, funder) = _prepare(uint256(amount) + more);
        VM.prank(funder);
        ESCROW.openFromBalance(channel, _heads[0], amount);
    }

    function _groups(Channel memory channel, uint96 total) private view returns (SettleGroup[] memory groups) {
        bytes32 digest = ESCROW_MESSAGES.voucherDigest(Voucher(ESCROW_MESSAGES.channelIdOf(channel), total, 1, 0));
        DeviceSignature memory signature = _devices[0].signature(digest);
        groups = new SettleGroup[](1);
        groups[0] = SettleGroup(channel.beneficiary, channel.token, new SettleRow[](1));
        groups[0].rows[0] = SettleRow({
            payer: channel.payer,
            termsHash: keccak256(abi.encode(ChannelType.TERMS_TYPEHASH, channel.terms)),
            cumulativeAmount: total,
            version: 1,
            receiptsRoot: 0,
            r: signature.r,
            vs: signature.vs,
            signer: signature.signer
        });
    }

    /// @dev Counts the slots of `target` that were written since `record`, each once.
    function _requireWritten(address target, uint256 expected) private {
        (, bytes32[] memory writes) = VM.accesses(target);
        uint256 count = 0;
        for (uint256 i = 0; i < writes.length; ++i) {
            bool seen = false;
            for (uint256 j = 0; j < i; ++j) seen = seen || writes[j] == writes[i];
            if (!seen) ++count;
        }
        Check.equal(count, expected, "I4: slots written");
    }
}
