// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";
import {Enrolments} from "./registry/Enrolments.sol";
import {Snapshots} from "./registry/Snapshots.sol";
import {Standing} from "./registry/Standing.sol";
import {Successions} from "./registry/Successions.sol";

/// @title Identity registry
/// @notice Who answers for a machine. Its parts by noun: Escrows, Attesters, Parties, Records, Exposure, Bindings,
/// Standing, Successions, Enrolments, Snapshots.
/// @dev The admin's roles, delays and multisig are those of the access manager. It can accredit, retire and mark attesters,
/// register escrows and allow verifiers; it can neither make nor end a binding, nor touch money.
contract IdentityRegistry is Standing, Successions, Enrolments, Snapshots {
    /// @param authority OpenZeppelin `AccessManager` that says who is the admin
    /// @param p256Verifier_ the deployed `P256Sha256Verifier`
    constructor(
        address authority,
        address p256Verifier_
    ) EIP712("Musubi IdentityRegistry", "1") AccessManaged(authority) {
        // A manager without code would leave nobody to accredit, for ever. A verifier without code would make every P-256
        // check revert where it should say no.
        if (authority.code.length == 0) revert IdentityRegistry_NoCode(authority);
        if (p256Verifier_.code.length == 0) revert IdentityRegistry_NoCode(p256Verifier_);
        P256_VERIFIER = p256Verifier_;
    }

    /// @inheritdoc IIdentityRegistry
    function p256Verifier() external view returns (address) {
        return P256_VERIFIER;
    }
}
