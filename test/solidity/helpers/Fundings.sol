// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {LocalJpyToken} from "../../../contracts/settlement-token/LocalJpyToken.sol";
import {Binding} from "../../../contracts/types/Binding.sol";
import {Channel} from "../../../contracts/types/Channel.sol";
import {ChannelState} from "../../../contracts/types/ChannelState.sol";
import {ChannelId} from "../../../contracts/types/Ids.sol";
import {Fleets} from "./Fleets.sol";
import {VM} from "./Vm.sol";

/// @notice What funders do: pay in, open, top up, take out. Keeps what came in and went out, per account and token.
abstract contract Fundings is Fleets {
    uint256 internal constant AMOUNT_MAX = 400 ether;
    uint256 private constant CHANNELS_MAX = 40;

    /// @notice Paid into a funder's balance, less what it took out of it and what it opened and topped up channels with.
    /// Refunds are not in it, so it goes below zero when they are spent.
    mapping(address funder => mapping(address token => int256 amount)) public ownMoney;
    /// @notice Taken out of a beneficiary's payouts.
    mapping(address beneficiary => mapping(address token => uint256 amount)) public withdrawn;

    Channel[] internal _channels;
    mapping(uint256 number => ChannelId channelId) internal _channelIds;
    mapping(ChannelId channelId => ChannelState state) private _statesBefore;
    mapping(ChannelId channelId => bool known) private _known;

    function depositBalance(uint256 seed, uint256 amount) external observed {
        (address funder, address token) = _funderAndToken(seed);
        amount = _between(amount, 1, AMOUNT_MAX);
        LocalJpyToken(token).mint(funder, amount);
        VM.prank(funder);
        IERC20(token).approve(address(ESCROW), amount);
        VM.prank(funder);
        ESCROW.depositBalance(token, amount);
        ownMoney[funder][token] += int256(amount);
        ++done["depositBalance"];
    }

    function withdrawBalance(uint256 seed, uint256 amount) external observed {
        (address funder, address token) = _funderAndToken(seed);
        amount = _between(amount, 1, AMOUNT_MAX);
        VM.prank(funder);
        try ESCROW.withdrawBalance(token, amount) {
            ownMoney[funder][token] -= int256(uint256(amount));
            ++done["withdrawBalance"];
        } catch {
            ++done["refused"];
        }
    }

    function open(uint256 seed, uint256 amount) external observed {
        (Channel memory channel, Binding memory binding, uint96 deposit) = _prepareOpening(seed, amount);
        _approve(channel, deposit);
        VM.prank(channel.terms.funder);
        try ESCROW.open(channel, binding, deposit) returns (ChannelId channelId) {
            _opened(channelId, channel);
            ++done["open"];
        } catch {
            ++done["refused"];
        }
    }

    function openFromBalance(uint256 seed, uint256 amount) external observed {
        (Channel memory channel, Binding memory binding, uint96 deposit) = _prepareOpening(seed, amount);
        VM.prank(channel.terms.funder);
        try ESCROW.openFromBalance(channel, binding, deposit) returns (ChannelId channelId) {
            _opened(channelId, channel);
            ownMoney[channel.terms.funder][channel.token] -= int256(uint256(deposit));
            ++done["openFromBalance"];
        } catch {
            ++done["refused"];
        }
    }

    function topUp(uint256 seed, uint256 amount) external observed {
        if (_channels.length == 0) return;
        Channel memory channel = _channel(seed);
        uint96 more = uint96(_between(amount, 1, AMOUNT_MAX));
        _approve(channel, more);
        VM.prank(channel.terms.funder);
        try ESCROW.topUp(channel, _bindings[channel.terms.payerBinding], more) {
            ++done["topUp"];
        } catch {
            ++done["refused"];
        }
    }

    function topUpFromBalance(uint256 seed, uint256 amount) external observed {
        if (_channels.length == 0) return;
        Channel memory channel = _channel(seed);
        uint96 more = uint96(_between(amount, 1, AMOUNT_MAX));
        VM.prank(channel.terms.funder);
        try ESCROW.topUpFromBalance(channel, _bindings[channel.terms.payerBinding], more) {
            ownMoney[channel.terms.funder][channel.token] -= int256(uint256(more));
            ++done["topUpFromBalance"];
        } catch {
            ++done["refused"];
        }
    }

    function withdraw(uint256 seed) external observed {
        address account = beneficiaries[seed % beneficiaries.length];
        address token = tokens[(seed >> 8) % tokens.length];
        uint256 payout = ESCROW.payoutOf(account, token);
        try ESCROW.withdraw(account, token) {
            withdrawn[account][token] += payout;
            ++done["withdraw"];
        } catch {
            ++done["refused"];
        }
    }

    function channelCount() external view returns (uint256) {
        return _channels.length;
    }

    /// @notice The channel of this number, its state before the newest action, and its state now.
    function statesOf(
        uint256 number
    ) external view returns (Channel memory channel, ChannelState memory earlier, ChannelState memory now_) {
        ChannelId channelId = _channelIds[number];
        return (_channels[number], _statesBefore[channelId], ESCROW.channelOf(channelId));
    }

    function channelIdAt(uint256 number) external view returns (ChannelId) {
        return _channelIds[number];
    }

    function _observe() internal virtual override {
        super._observe();
        for (uint256 i = 0; i < _channels.length; ++i) {
            _statesBefore[_channelIds[i]] = ESCROW.channelOf(_channelIds[i]);
        }
    }

    function _channel(uint256 seed) internal view returns (Channel memory) {
        return _channels[seed % _channels.length];
    }

    function _channelId(uint256 seed) internal view returns (ChannelId) {
        return _channelIds[seed % _channels.length];
    }

    /// @dev Once there are many channels, one of those is opened again, which must be refused.
    function _prepareOpening(
        uint256 seed,
        uint256 amount
    ) internal view returns (Channel memory channel, Binding memory binding, uint96 deposit) {
        uint256 payer = seed % PAYERS;
        address beneficiary = beneficiaries[(seed >> 16) % beneficiaries.length];
        channel = _newChannel(payer, (seed >> 8) % PAYEES, beneficiary, _channels.length % CHANNELS_MAX);
        return (channel, _heads[payer], uint96(_between(amount, 1, AMOUNT_MAX)));
    }

    function _opened(ChannelId channelId, Channel memory channel) internal {
        _known[channelId] = true;
        _channelIds[_channels.length] = channelId;
        _channels.push(channel);
    }

    function _isKnown(ChannelId channelId) internal view returns (bool) {
        return _known[channelId];
    }

    function _approve(Channel memory channel, uint256 amount) private {
        LocalJpyToken(channel.token).mint(channel.terms.funder, amount);
        VM.prank(channel.terms.funder);
        IERC20(channel.token).approve(address(ESCROW), amount);
    }

    function _funderAndToken(uint256 seed) private view returns (address funder, address token) {
        return (funders[seed % funders.length], tokens[(seed >> 8) % tokens.length]);
    }
}
