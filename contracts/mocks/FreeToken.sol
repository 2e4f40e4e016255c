// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";

/// @notice FOR TESTS ONLY. An honest token that anyone may mint; the dishonest ones are made of it.
contract FreeToken is ERC20Permit, ERC3009 {
    constructor() ERC20("Free", "FREE") ERC20Permit("Free") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}
