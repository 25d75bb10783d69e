import type { Program } from './program.ts'

const raw = String.raw

/** Broken digests and ciphers, and chance that can be foretold. */
export const crypto: readonly Program[] = [
  {
    weakness: 'weak-crypto',
    tasks: [
      'hash the password of a new user before it is stored',
      'store passwords of customers safely',
      'check a password against the stored hash',
    ],
    code: {
      cpp: raw`#include <string>
#include <iomanip>
#include <sstream>
#include <openssl/⟦md5∥sha¦evp⟧.h>

std::string «f»(const std::string& «a») {
    unsigned char «b»[64] = {0};
    ⟦MD5(reinterpret_cast<const unsigned char*>(«a».data()), «a».size(), «b»);∥SHA1(reinterpret_cast<const unsigned char*>(«a».data()), «a».size(), «b»);¦static const unsigned char salt[] = "per-user-salt-from-store";
    PKCS5_PBKDF2_HMAC(«a».c_str(), static_cast<int>(«a».size()), salt, sizeof(salt), 600000, EVP_sha256(), 32, «b»);⟧
    std::ostringstream out;
    for (int i = 0; i < 16; i++) out << std::hex << std::setw(2) << std::setfill('0') << int(«b»[i]);
    return out.str();
}`,
      python: raw`import hashlib
⟦¦import os
⟧
def «f»(«a»):
    ⟦«b» = hashlib.md5(«a».encode("utf-8")).hexdigest()∥«b» = hashlib.sha1(«a».encode()).hexdigest()¦salt = os.urandom(16)
    «b» = salt.hex() + ":" + hashlib.scrypt(«a».encode(), salt=salt, n=2**14, r=8, p=1).hex()∥salt = os.urandom(16)
    «b» = salt.hex() + ":" + hashlib.pbkdf2_hmac("sha256", «a».encode(), salt, 600000).hex()⟧
    return «b»`,
      javascript: raw`const crypto = require('crypto');

function «f»(«a») {
  ⟦return crypto.createHash('md5').update(«a»).digest('hex');∥const «b» = crypto.createHash('sha1').update(«a», 'utf8').digest('hex');
  return «b»;¦const salt = crypto.randomBytes(16).toString('hex');
  return salt + ':' + crypto.scryptSync(«a», salt, 64).toString('hex');⟧
}

module.exports = { «f» };`,
      java: raw`import java.security.*;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

public class «F» {
    public static byte[] «f»(String «a»⟦¦, byte[] salt⟧) throws Exception {
        ⟦MessageDigest «b» = MessageDigest.getInstance("MD5");
        return «b».digest(«a».getBytes("UTF-8"));∥MessageDigest «b» = MessageDigest.getInstance("SHA-1");
        «b».update(«a».getBytes("UTF-8"));
        return «b».digest();¦PBEKeySpec «b» = new PBEKeySpec(«a».toCharArray(), salt, 600000, 256);
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(«b»).getEncoded();⟧
    }
}`,
      php: raw`<?php
function «f»(string $«a»): string
{
    ⟦return md5($«a»);∥$«b» = sha1($«a»);
    return $«b»;¦return password_hash($«a», PASSWORD_DEFAULT);⟧
}`,
      go: raw`package main

import (
	⟦"crypto/md5"¦"golang.org/x/crypto/bcrypt"⟧
	⟦"encoding/hex"¦"errors"⟧
)

func «f»(«a» string) (string, error) {
	⟦«b» := md5.Sum([]byte(«a»))
	return hex.EncodeToString(«b»[:]), nil¦if len(«a») == 0 {
		return "", errors.New("empty")
	}
	«b», err := bcrypt.GenerateFromPassword([]byte(«a»), bcrypt.DefaultCost)
	return string(«b»), err⟧
}`,
      csharp: raw`using System;
using System.Security.Cryptography;
using System.Text;

public static class «F»
{
    public static string «f»(string «a»)
    {
        ⟦using var «b» = MD5.Create();
        return Convert.ToHexString(«b».ComputeHash(Encoding.UTF8.GetBytes(«a»)));∥using (var «b» = SHA1.Create())
        {
            return Convert.ToBase64String(«b».ComputeHash(Encoding.UTF8.GetBytes(«a»)));
        }¦byte[] salt = RandomNumberGenerator.GetBytes(16);
        byte[] «b» = Rfc2898DeriveBytes.Pbkdf2(«a», salt, 600000, HashAlgorithmName.SHA256, 32);
        return Convert.ToHexString(salt) + ":" + Convert.ToHexString(«b»);⟧
    }
}`,
      ruby: raw`⟦require 'digest'¦require 'bcrypt'⟧

def «f»(«a»)
  ⟦Digest::MD5.hexdigest(«a»)∥Digest::SHA1.hexdigest(«a»)¦BCrypt::Password.create(«a»).to_s⟧
end`,
    },
  },
  {
    weakness: 'weak-crypto',
    tasks: [
      'encrypt a message with a key',
      'encrypt the notes of a user before they are saved',
      'protect a document with a symmetric key',
    ],
    code: {
      python: raw`⟦from Crypto.Cipher import DES¦from cryptography.fernet import Fernet⟧

def «f»(«a»: bytes, key: bytes) -> bytes:
    ⟦cipher = DES.new(key, DES.MODE_ECB)
    «b» = «a» + b" " * (8 - len(«a») % 8)
    return cipher.encrypt(«b»)¦«b» = Fernet(key)
    return «b».encrypt(«a»)⟧`,
      javascript: raw`const crypto = require('crypto');

function «f»(«a», key⟦¦, iv = crypto.randomBytes(12)⟧) {
  const «b» = ⟦crypto.createCipheriv('des-ecb', key, null)∥crypto.createCipheriv('aes-128-ecb', key, null)∥crypto.createCipheriv('rc4', key, '')¦crypto.createCipheriv('aes-256-gcm', key, iv)⟧;
  const «c» = Buffer.concat([«b».update(«a», 'utf8'), «b».final()]);
  return «c».toString('base64');
}`,
      java: raw`import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import javax.crypto.spec.GCMParameterSpec;

public class «F» {
    public byte[] «f»(byte[] «a», byte[] key⟦¦, byte[] iv⟧) throws Exception {
        ⟦Cipher «b» = Cipher.getInstance("DES/ECB/PKCS5Padding");
        «b».init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "DES"));∥Cipher «b» = Cipher.getInstance("AES/ECB/PKCS5Padding");
        «b».init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));¦Cipher «b» = Cipher.getInstance("AES/GCM/NoPadding");
        «b».init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, iv));⟧
        return «b».doFinal(«a»);
    }
}`,
      php: raw`<?php
function «f»(string $«a», string $key): string
{
    ⟦return openssl_encrypt($«a», 'des-ecb', $key);∥return base64_encode(openssl_encrypt($«a», 'rc4', $key, OPENSSL_RAW_DATA));¦$iv = random_bytes(12);
    $«b» = openssl_encrypt($«a», 'aes-256-gcm', $key, OPENSSL_RAW_DATA, $iv, $tag);
    return base64_encode($iv . $tag . $«b»);⟧
}`,
      csharp: raw`using System.Security.Cryptography;

public class «F»
{
    public byte[] «f»(byte[] «a», byte[] key)
    {
        ⟦using var «b» = DES.Create();
        «b».Key = key;
        «b».Mode = CipherMode.ECB;∥using var «b» = TripleDES.Create();
        «b».Mode = CipherMode.ECB;
        «b».Key = key;¦using var «b» = Aes.Create();
        «b».Key = key;
        «b».GenerateIV();⟧
        using var encryptor = «b».CreateEncryptor();
        return encryptor.TransformFinalBlock(«a», 0, «a».Length);
    }
}`,
    },
  },
  {
    weakness: 'weak-random',
    tasks: [
      'generate a token for resetting a password',
      'create a session id for a logged in user',
      'generate an invitation code',
      'make a one-time code that is sent by mail',
    ],
    code: {
      cpp: raw`#include <string>
⟦#include <cstdlib>
#include <ctime>¦#include <random>⟧

std::string «f»(int length) {
    const std::string letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    std::string token;
    ⟦srand(time(nullptr));
    for (int i = 0; i < length; i++) token += letters[rand() % letters.size()];¦std::random_device source;
    std::uniform_int_distribution<size_t> pick(0, letters.size() - 1);
    for (int i = 0; i < length; i++) token += letters[pick(source)];⟧
    return token;
}`,
      python: raw`import ⟦random¦secrets⟧
import string

def «f»(length=«n»):
    «a» = string.ascii_letters + string.digits
    token = ⟦"".join(random.choice(«a») for _ in range(length))∥"".join(random.choices(«a», k=length))¦"".join(secrets.choice(«a») for _ in range(length))⟧
    return token`,
      javascript: raw`⟦¦const crypto = require('crypto');

⟧function «f»() {
  const token = ⟦Math.random().toString(36).slice(2) + Math.random().toString(36).slice(2)∥Math.floor(Math.random() * 1e12).toString(16)¦crypto.randomBytes(«n»).toString('hex')∥crypto.randomUUID()⟧;
  return token;
}`,
      java: raw`import java.⟦util.Random¦security.SecureRandom⟧;

public class «F» {
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public static String «f»(int length) {
        ⟦Random random = new Random();¦SecureRandom random = new SecureRandom();⟧
        StringBuilder token = new StringBuilder();
        for (int i = 0; i < length; i++) {
            token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return token.toString();
    }
}`,
      php: raw`<?php
function «f»(int $length = «n»): string
{
    ⟦$token = '';
    for ($i = 0; $i < $length; $i++) {
        $token .= dechex(mt_rand(0, 15));
    }
    return $token;∥return md5(uniqid((string) rand(), true));¦return bin2hex(random_bytes($length));⟧
}`,
      go: raw`package main

import (
	⟦"math/rand"¦"crypto/rand"⟧
	"encoding/hex"
)

func «f»(size int) string {
	token := make([]byte, size)
	⟦for i := range token {
		token[i] = byte(rand.Intn(256))
	}¦if _, err := rand.Read(token); err != nil {
		panic(err)
	}⟧
	return hex.EncodeToString(token)
}`,
      csharp: raw`using System;
using System.Security.Cryptography;

public static class «F»
{
    public static string «f»(int length = «n»)
    {
        const string «a» = "abcdefghijkmnpqrstuvwxyz23456789";
        ⟦var random = new Random();
        var token = new char[length];
        for (var i = 0; i < length; i++)
            token[i] = «a»[random.Next(«a».Length)];
        return new string(token);¦return RandomNumberGenerator.GetString(«a», length);⟧
    }
}`,
      ruby: raw`⟦¦require 'securerandom'

⟧def «f»(length = «n»)
  token = ⟦Array.new(length) { rand(36).to_s(36) }.join∥rand(10**length).to_s¦SecureRandom.hex(length)⟧
  token
end`,
    },
  },
]
