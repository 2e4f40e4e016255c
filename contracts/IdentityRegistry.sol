// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";
import {Standing} from "./registry/Standing.sol";
import {Agreement, AgreementType} from "./types/Agreement.sol";
import {BindingType} from "./types/Binding.sol";
import {ReleaseType} from "./types/Release.sol";
import {ResumeType} from "./types/Resume.sol";
import {RevokeType} from "./types/Revoke.sol";
import {SuspendType} from "./types/Suspend.sol";

/// @title Identity registry
/// @notice Who answers for a machine. Its parts by noun: Attesters, Records, Exposure, Bindings, Standing.
/// @dev The admin's roles, delays and multisig are those of the access manager. It can accredit and retire attesters and
/// register escrows; it can neither make nor end a binding, nor touch money.
contract IdentityRegistry is Standing {
    /// @notice What {bind} and {renew} have signed.
    bytes32 public constant BINDING_TYPEHASH = BindingType.TYPEHASH;
    bytes32 public constant SUSPEND_TYPEHASH = SuspendType.TYPEHASH;
    bytes32 public constant RESUME_TYPEHASH = ResumeType.TYPEHASH;
    bytes32 public constant REVOKE_TYPEHASH = RevokeType.TYPEHASH;
    bytes32 public constant RELEASE_TYPEHASH = ReleaseType.TYPEHASH;
    bytes32 public constant AGREEMENT_TYPEHASH = AgreementType.TYPEHASH;

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
    function agreementDigest(Agreement calldata agreement) external view returns (bytes32) {
        return _hashTypedDataV4(AgreementType.structHash(agreement));
    }

    /// @inheritdoc IIdentityRegistry
    function p256Verifier() external view returns (address) {
        return P256_VERIFIER;
    }
}
