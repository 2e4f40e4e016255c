// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";

/// @title Yen token for local chains and tests
/// @notice Stands in for a regulated institution's token: 18 decimals, ERC-2612 permit, ERC-3009 authorizations.
/// NOT money: its deployer mints at will.
contract LocalJpyToken is ERC20Permit, ERC3009, Ownable {
    /// @param minter who may make new tokens
    constructor(address minter) ERC20("Local Yen", "JPYL") ERC20Permit("Local Yen") Ownable(minter) {}

    /// @notice Makes new tokens. `amount` in base units (10^-18 yen).
    function mint(address to, uint256 amount) external onlyOwner {
        _mint(to, amount);
    }
}
