// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice FOR TESTS ONLY. An honest token that anyone may mint; the dishonest ones are made of it.
contract FreeToken is ERC20 {
    constructor() ERC20("Free", "FREE") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}
