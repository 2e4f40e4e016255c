// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FreeToken} from "./FreeToken.sol";

/// @notice FOR TESTS ONLY. A token that, once told to, refuses by returning false, as the oldest tokens do.
contract FalseToken is FreeToken {
    bool private _refusing;

    function refuse() external {
        _refusing = true;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        return !_refusing && super.transfer(to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        return !_refusing && super.transferFrom(from, to, amount);
    }
}
