// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC3009} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Authorization, Permit} from "../types/Authorization.sol";

/// @notice Takes tokens in, and insists on the amount: a fee on transfer would be paid by other channels' deposits.
library TokenCollector {
    using SafeERC20 for IERC20;

    /// @notice Another amount arrived than was asked for.
    error TokenCollector_WrongAmountReceived(address token, uint256 received, uint256 expected);

    /// @notice Pulls `amount` (token base units) out of `from`'s allowance to this contract.
    function collectExactly(address token, address from, uint256 amount) internal {
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(from, address(this), amount);
        _requireReceived(token, before, amount);
    }

    /// @notice Shows the token `from`'s ERC-2612 permit of `amount` to this contract. Whether the permit still works is not
    /// asked: a stranger may have used it first, and the allowance is there all the same.
    function allow(address token, address from, Permit calldata permit, uint256 amount) internal {
        try
            IERC20Permit(token).permit(from, address(this), amount, permit.deadline, permit.v, permit.r, permit.s)
        {} catch {} // solhint-disable-line no-empty-blocks
    }

    /// @notice Takes `amount` on `from`'s ERC-3009 authorization with this nonce.
    function collectAuthorized(
        address token,
        address from,
        Authorization calldata authorization,
        uint256 amount,
        bytes32 nonce
    ) internal {
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC3009(token).receiveWithAuthorization(
            from,
            address(this),
            amount,
            authorization.validAfter,
            authorization.validBefore,
            nonce,
            authorization.v,
            authorization.r,
            authorization.s
        );
        _requireReceived(token, before, amount);
    }

    function _requireReceived(address token, uint256 before, uint256 amount) private view {
        uint256 balance = IERC20(token).balanceOf(address(this));
        // A token may also lower the balance; the subtraction must not hide what was given behind a panic.
        uint256 received = balance > before ? balance - before : 0;
        if (received != amount) revert TokenCollector_WrongAmountReceived(token, received, amount);
    }
}
