// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice Takes tokens in, and insists on the amount: a fee on transfer would be paid by other channels' deposits.
library TokenCollector {
    using SafeERC20 for IERC20;

    /// @notice Another amount arrived than was asked for.
    error TokenCollector_WrongAmountReceived(address token, uint256 received, uint256 expected);

    /// @notice Pulls `amount` (token base units) out of `from`'s allowance to this contract.
    function collectExactly(address token, address from, uint256 amount) internal {
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(from, address(this), amount);
        uint256 balance = IERC20(token).balanceOf(address(this));
        // A token may also lower the balance; the subtraction must not hide what was given behind a panic.
        uint256 received = balance > before ? balance - before : 0;
        if (received != amount) revert TokenCollector_WrongAmountReceived(token, received, amount);
    }
}
