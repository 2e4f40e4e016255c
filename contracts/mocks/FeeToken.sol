// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FreeToken} from "./FreeToken.sol";

/// @notice FOR TESTS ONLY. A token that burns a fixed fee of what the recipient holds after each transfer.
/// @dev A fee above the amount leaves the recipient with less than it had before.
contract FeeToken is FreeToken {
    uint256 private _fee;

    function setFee(uint256 fee) external {
        _fee = fee;
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (from != address(0) && to != address(0)) super._update(to, address(0), _fee);
    }
}
