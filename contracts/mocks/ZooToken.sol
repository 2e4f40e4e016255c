// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FreeToken} from "./FreeToken.sol";
import {ZooHabit} from "./ZooHabit.sol";

/// @notice FOR TESTS ONLY. An honest token, until it takes up a {ZooHabit}.
contract ZooToken is FreeToken {
    struct Call {
        address target;
        bytes data;
    }

    uint256 private constant TAX = 1;
    uint256 private constant LONG = 100_000;

    ZooHabit private _habit;
    address private _escrow;
    address private _funder;
    address private _beneficiary;
    uint256 private _notMoved;
    bool private _calling;
    Call[] private _calls;

    /// @notice One of the armed calls was made, with this answer or this error.
    event Called(bool success, bytes answer);

    error ZooToken_Refused();

    /// @notice Takes up a habit towards these accounts.
    function takeUp(ZooHabit habit, address escrow, address funder, address beneficiary) external {
        (_habit, _escrow, _funder, _beneficiary) = (habit, escrow, funder, beneficiary);
    }

    /// @notice Arms one more call of this token's own, made whenever its habit says so.
    function arm(address target, bytes calldata data) external {
        _calls.push(Call(target, data));
    }

    /// @notice Burns what an account holds: a rebase downwards.
    function burn(address account, uint256 amount) external {
        _burn(account, amount);
    }

    /// @notice Moves as `from` wants: a second entry point over this ledger calls it.
    function moveFor(address from, address to, uint256 amount) external {
        _transfer(from, to, amount);
    }

    /// @notice Uses up the allowance of a second entry point's caller, and moves.
    function spendFor(address spender, address from, address to, uint256 amount) external {
        _spendAllowance(from, spender, amount);
        _transfer(from, to, amount);
    }

    /// @notice What the ledger holds, whatever {balanceOf} shows.
    function held(address account) external view returns (uint256) {
        return super.balanceOf(account);
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        _transfer(msg.sender, to, amount);
        return _answer();
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        _spendAllowance(from, msg.sender, amount);
        _transfer(from, to, amount);
        return _answer();
    }

    function permit(
        address owner,
        address spender,
        uint256 value,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) public override {
        if (_habit == ZooHabit.REVERTS_ON_PERMIT) revert ZooToken_Refused();
        if (_habit == ZooHabit.LIES_ABOUT_PERMITS) return;
        if (_habit == ZooHabit.CALLS_IN_PERMIT) _makeCalls();
        super.permit(owner, spender, value, deadline, v, r, s);
    }

    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) public override {
        if (_habit == ZooHabit.LIES_ABOUT_AUTHORIZATIONS) return;
        super.receiveWithAuthorization(from, to, value, validAfter, validBefore, nonce, v, r, s);
    }

    function balanceOf(address account) public view override returns (uint256) {
        if (_habit == ZooHabit.SHOWS_NO_BALANCE) revert ZooToken_Refused();
        uint256 shown = super.balanceOf(account);
        if (_habit == ZooHabit.SHOWS_BALANCE_BY_GAS) return shown + gasleft();
        return account == _escrow ? shown + _notMoved : shown;
    }

    function decimals() public view override returns (uint8) {
        if (_habit == ZooHabit.HAS_NO_DECIMALS) revert ZooToken_Refused();
        return _habit == ZooHabit.HAS_MANY_DECIMALS ? type(uint8).max : super.decimals();
    }

    function _approve(address owner, address spender, uint256 value, bool emitEvent) internal override {
        // Asked of new approvals alone: a movement lowers one without an event.
        bool changes = emitEvent && value != 0 && allowance(owner, spender) != 0;
        if (_habit == ZooHabit.REFUSES_CHANGED_APPROVAL && changes) revert ZooToken_Refused();
        super._approve(owner, spender, value, emitEvent);
    }

    function _update(address from, address to, uint256 amount) internal override {
        // Minting and burning are the test's own.
        if (from == address(0) || to == address(0)) return super._update(from, to, amount);

        _refuse(from, to, amount);
        if (_habit == ZooHabit.CALLS_BEFORE || _habit == ZooHabit.CALLS_INSTEAD) _makeCalls();
        if (_movesNothing()) {
            if (to == _escrow && _habit == ZooHabit.SHOWS_WHAT_IT_DID_NOT_MOVE) _notMoved += amount;
            return;
        }
        if (_habit == ZooHabit.FLASH_MINTS) super._update(address(0), _escrow, type(uint128).max);
        super._update(from, to, amount);
        if (_habit == ZooHabit.FLASH_MINTS) super._update(_escrow, address(0), type(uint128).max);
        _tax(from, to);
        if (_habit == ZooHabit.CALLS_AFTER) _makeCalls();
    }

    function _movesNothing() private view returns (bool) {
        if (_habit == ZooHabit.MOVES_NOTHING || _habit == ZooHabit.SHOWS_WHAT_IT_DID_NOT_MOVE) return true;
        // A movement that one of its own calls causes is a true one.
        return _habit == ZooHabit.CALLS_INSTEAD && !_calling;
    }

    function _refuse(address from, address to, uint256 amount) private view {
        if (_habit == ZooHabit.PAUSES) revert ZooToken_Refused();
        if (_habit == ZooHabit.REVERTS_ON_ZERO && amount == 0) revert ZooToken_Refused();
        if (_habit == ZooHabit.REVERTS_AT_LENGTH) _revertAtLength();
        while (_habit == ZooHabit.EATS_ALL_GAS) {} // solhint-disable-line no-empty-blocks
        address blocked = _blocked();
        if (blocked != address(0) && (blocked == from || blocked == to)) revert ZooToken_Refused();
    }

    function _blocked() private view returns (address) {
        if (_habit == ZooHabit.BLOCKS_ESCROW) return _escrow;
        if (_habit == ZooHabit.BLOCKS_FUNDER) return _funder;
        return _habit == ZooHabit.BLOCKS_BENEFICIARY ? _beneficiary : address(0);
    }

    function _tax(address from, address to) private {
        bool comesIn = to == _escrow;
        bool goesOut = from == _escrow;
        bool fromAll = _habit == ZooHabit.TAXES_EVERYBODY;
        if (fromAll || (comesIn && _habit == ZooHabit.TAXES_COMING_IN)) super._update(to, address(0), TAX);
        if (goesOut && _habit == ZooHabit.TAXES_GOING_OUT) super._update(to, address(0), TAX);
        if (goesOut && _habit == ZooHabit.TAXES_ON_TOP) super._update(from, address(0), TAX);
        if (comesIn && _habit == ZooHabit.GIVES_ON_TOP) super._update(address(0), to, TAX);
    }

    function _makeCalls() private {
        // Not within its own calls, or it would never end.
        if (_calling) return;
        _calling = true;
        for (uint256 i = 0; i < _calls.length; ++i) {
            (bool success, bytes memory answer) = _calls[i].target.call(_calls[i].data);
            emit Called(success, answer);
        }
        _calling = false;
    }

    /// @dev In assembly, since no Solidity type is so wrong; ends the token's call.
    function _answer() private view returns (bool) {
        if (_habit == ZooHabit.ANSWERS_FALSE) return false;
        uint256 word = _habit == ZooHabit.ANSWERS_TWO ? 2 : 1;
        uint256 length = 32;
        if (_habit == ZooHabit.ANSWERS_NOTHING) length = 0;
        if (_habit == ZooHabit.ANSWERS_A_BYTE) length = 1;
        if (_habit == ZooHabit.ANSWERS_AT_LENGTH) length = LONG;
        assembly ("memory-safe") {
            let answer := mload(0x40)
            mstore(answer, word)
            return(answer, length)
        }
    }

    function _revertAtLength() private pure {
        assembly ("memory-safe") {
            revert(mload(0x40), LONG)
        }
    }
}
