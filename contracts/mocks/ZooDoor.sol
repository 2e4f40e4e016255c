// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ZooToken} from "./ZooToken.sol";

/// @notice FOR TESTS ONLY. A second address of a token: another contract over the same ledger, as old tokens have them.
contract ZooDoor {
    ZooToken private immutable LEDGER;

    constructor(ZooToken ledger) {
        LEDGER = ledger;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        LEDGER.moveFor(msg.sender, to, amount);
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        LEDGER.spendFor(msg.sender, from, to, amount);
        return true;
    }

    function balanceOf(address account) external view returns (uint256) {
        return LEDGER.balanceOf(account);
    }
}
