// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FreeToken} from "./FreeToken.sol";

/// @notice FOR TESTS ONLY. A token that moves nothing from or to an account that was blocked, as regulated tokens do.
contract BlockingToken is FreeToken {
    mapping(address account => bool blocked) private _isBlocked;

    error BlockingToken_Blocked(address account);

    function blockAccount(address account) external {
        _isBlocked[account] = true;
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (_isBlocked[from]) revert BlockingToken_Blocked(from);
        if (_isBlocked[to]) revert BlockingToken_Blocked(to);
        super._update(from, to, amount);
    }
}
