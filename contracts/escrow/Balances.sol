// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IChannelEscrow} from "../interfaces/IChannelEscrow.sol";
import {TokenCollector} from "../libraries/TokenCollector.sol";

/// @notice Money that belongs to an account and not to a channel: funders' balances and beneficiaries' payouts.
/// Two mappings, since anyone may push out a payout, while only its holder may move a balance: otherwise a stranger could
/// send a float away under open orders.
abstract contract Balances is IChannelEscrow, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @dev What an account has of a token, in base units. Why a struct: a reference to it is worked out once, and read and
    /// written through; two hashes are saved.
    struct Holding {
        uint256 amount;
    }

    mapping(address account => mapping(address token => Holding holding)) private _balances;
    mapping(address account => mapping(address token => Holding holding)) private _payouts;

    /// @inheritdoc IChannelEscrow
    function depositBalance(address token, uint256 amount) external nonReentrant {
        if (amount == 0) revert ChannelEscrow_ZeroAmount();

        Holding storage holding = _balances[msg.sender][token];
        uint256 balance = holding.amount + amount;
        holding.amount = balance;
        emit BalanceDeposited(msg.sender, token, amount, balance);

        TokenCollector.collectExactly(token, msg.sender, amount);
    }

    /// @inheritdoc IChannelEscrow
    function withdrawBalance(address token, uint256 amount) external nonReentrant {
        if (amount == 0) revert ChannelEscrow_ZeroAmount();

        uint256 balance = _debit(msg.sender, token, amount);
        emit BalanceWithdrawn(msg.sender, token, amount, balance);

        IERC20(token).safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IChannelEscrow
    function withdraw(address account, address token) external {
        Holding storage payout = _payouts[account][token];
        uint256 amount = payout.amount;
        if (amount == 0) revert ChannelEscrow_NoPayout(account, token);

        payout.amount = 0;
        emit PayoutWithdrawn(account, token, amount);

        IERC20(token).safeTransfer(account, amount);
    }

    /// @inheritdoc IChannelEscrow
    function payoutOf(address account, address token) external view returns (uint256) {
        return _payouts[account][token].amount;
    }

    /// @inheritdoc IChannelEscrow
    function balanceOf(address account, address token) external view returns (uint256) {
        return _balances[account][token].amount;
    }

    function _debit(address account, address token, uint256 amount) internal returns (uint256 balance) {
        Holding storage holding = _balances[account][token];
        balance = holding.amount;
        if (amount > balance) revert ChannelEscrow_BalanceTooLow(account, amount, balance);
        balance -= amount;
        holding.amount = balance;
    }

    /// @dev A zero amount writes nothing: an untouched slot is the dearest one to write.
    function _credit(address account, address token, uint256 amount) internal {
        if (amount != 0) _balances[account][token].amount += amount;
    }

    /// @dev As {_credit}.
    function _addPayout(address account, address token, uint256 amount) internal {
        if (amount != 0) _payouts[account][token].amount += amount;
    }
}
