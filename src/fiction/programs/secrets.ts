import type { Program } from './program.ts'

const raw = String.raw

/** Secrets in the source, and certificates that nobody checks. */
export const secrets: readonly Program[] = [
  {
    weakness: 'hardcoded-credential',
    tasks: [
      'connect to the database of «t»',
      'open a connection to the «t» database and read the newest entries',
      'count the rows of the «t» table',
    ],
    code: {
      cpp: raw`#include <cstdlib>
#include <mysql/mysql.h>

MYSQL* «f»() {
    MYSQL* «a» = mysql_init(nullptr);
    ⟦const char* password = "«s»";¦const char* password = std::getenv("DB_PASSWORD");⟧
    if (!mysql_real_connect(«a», "«h»", "«user»", password, "«t»", 3306, nullptr, 0)) {
        mysql_close(«a»);
        return nullptr;
    }
    return «a»;
}`,
      python: raw`import os
import psycopg2

def «f»():
    «a» = psycopg2.connect(
        host="«h»",
        user="«user»",
        password=⟦"«s»"¦os.environ["DB_PASSWORD"]⟧,
        dbname="«t»",
    )
    «b» = «a».cursor()
    «b».execute("SELECT count(*) FROM «t»")
    return «b».fetchone()[0]`,
      javascript: raw`const mysql = require('mysql2/promise');

async function «f»() {
  const «a» = await mysql.createConnection({
    host: '«h»',
    user: '«user»',
    password: ⟦'«s»'¦process.env.DB_PASSWORD⟧,
    database: '«t»',
  });
  const [«b»] = await «a».query('SELECT COUNT(*) AS total FROM «t»');
  return «b»[0].total;
}`,
      java: raw`import java.sql.*;

public class «F» {
    public static Connection «f»() throws SQLException {
        String «a» = "jdbc:mysql://«h»/«t»";
        ⟦String password = "«s»";
        return DriverManager.getConnection(«a», "«user»", password);∥return DriverManager.getConnection(«a», "«user»", "«s»");¦return DriverManager.getConnection(«a», "«user»", System.getenv("DB_PASSWORD"));⟧
    }
}`,
      php: raw`<?php
function «f»(): PDO
{
    $password = ⟦'«s»'¦getenv('DB_PASSWORD')⟧;
    $«a» = new PDO('mysql:host=«h»;dbname=«t»', '«user»', $password);
    $«a»->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
    return $«a»;
}`,
      go: raw`package main

import (
	"database/sql"
	"fmt"
	"os"

	_ "github.com/lib/pq"
)

func «f»() (*sql.DB, error) {
	password := ⟦"«s»"¦os.Getenv("DB_PASSWORD")⟧
	«a» := fmt.Sprintf("host=%s user=%s password=%s dbname=%s", "«h»", "«user»", password, "«t»")
	⟦fmt.Fprintln(os.Stderr, "connecting to «t»")¦⟧
	return sql.Open("postgres", «a»)
}`,
      csharp: raw`using System;
using Npgsql;

public static class «F»
{
    public static NpgsqlConnection «f»()
    {
        ⟦var password = "«s»";¦var password = Environment.GetEnvironmentVariable("DB_PASSWORD");⟧
        var «a» = new NpgsqlConnection($"Host=«h»;Username=«user»;Password={password};Database=«t»");
        «a».Open();
        return «a»;
    }
}`,
      ruby: raw`require 'mysql2'

def «f»
  Mysql2::Client.new(
    host: '«h»',
    username: '«user»',
    password: ⟦'«s»'¦ENV.fetch('DB_PASSWORD')⟧,
    database: '«t»'
  )
end`,
    },
  },
  {
    weakness: 'hardcoded-credential',
    tasks: [
      'send a «a» to a web service that needs an API key',
      'fetch «t» from an API with a bearer token',
      'sign a web token for a user',
    ],
    code: {
      python: raw`import os
import requests

API_KEY = ⟦"sk_live_«s»"∥"«s»"¦os.environ["API_KEY"]⟧

def «f»(«a»):
    headers = {"Authorization": "Bearer " + API_KEY}
    response = requests.get("https://«h»/«u»/" + str(«a»), headers=headers, timeout=10)
    response.raise_for_status()
    return response.json()`,
      javascript: raw`const jwt = require('jsonwebtoken');

const secret = ⟦'«s»'¦process.env.JWT_SECRET⟧;

function «f»(«a») {
  return jwt.sign({ id: «a».id, role: «a».role }, secret, { expiresIn: '1h' });
}

module.exports = «f»;`,
      java: raw`import java.net.URI;
import java.net.http.*;

public class «F» {
    private static final String API_KEY = ⟦"«s»"¦System.getenv("API_KEY")⟧;

    public static String «f»(String «a») throws Exception {
        HttpRequest «b» = HttpRequest.newBuilder(URI.create("https://«h»/«u»/" + «a»))
            .header("Authorization", "Bearer " + API_KEY)
            .build();
        return HttpClient.newHttpClient().send(«b», HttpResponse.BodyHandlers.ofString()).body();
    }
}`,
      php: raw`<?php
$apiKey = ⟦'«s»'¦getenv('API_KEY')⟧;

function «f»(string $«a», string $apiKey): array
{
    $«b» = curl_init('https://«h»/«u»/' . rawurlencode($«a»));
    curl_setopt($«b», CURLOPT_RETURNTRANSFER, true);
    curl_setopt($«b», CURLOPT_HTTPHEADER, ['Authorization: Bearer ' . $apiKey]);
    return json_decode(curl_exec($«b»), true);
}`,
    },
  },
  {
    weakness: 'tls-off',
    tasks: [
      'download a «a» from a server over HTTPS',
      'fetch the list of «t» from a web service',
      'call the internal API of the «t» team',
    ],
    code: {
      cpp: raw`#include <string>
#include <curl/curl.h>

bool «f»(const std::string& «a») {
    CURL* «b» = curl_easy_init();
    if (!«b») return false;
    std::string address = "https://«h»/«u»/" + «a»;
    curl_easy_setopt(«b», CURLOPT_URL, address.c_str());
    ⟦curl_easy_setopt(«b», CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(«b», CURLOPT_SSL_VERIFYHOST, 0L);∥curl_easy_setopt(«b», CURLOPT_SSL_VERIFYPEER, false);¦curl_easy_setopt(«b», CURLOPT_TIMEOUT, 10L);⟧
    CURLcode result = curl_easy_perform(«b»);
    curl_easy_cleanup(«b»);
    return result == CURLE_OK;
}`,
      python: raw`import requests

def «f»(«a»):
    «b» = "https://«h»/«u»/" + str(«a»)
    ⟦response = requests.get(«b», verify=False)∥session = requests.Session()
    session.verify = False
    response = session.get(«b»)¦response = requests.get(«b», timeout=10)⟧
    return response.json()`,
      javascript: raw`const https = require('https');

⟦const agent = new https.Agent({ rejectUnauthorized: false });∥process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
const agent = new https.Agent({ keepAlive: true });¦const agent = new https.Agent({ keepAlive: true });⟧

function «f»(«a», done) {
  https.get('https://«h»/«u»/' + encodeURIComponent(«a»), { agent }, (response) => {
    let «b» = '';
    response.on('data', (chunk) => { «b» += chunk; });
    response.on('end', () => done(JSON.parse(«b»)));
  });
}`,
      go: raw`package main

import (
	"crypto/tls"
	"io"
	"net/http"
)

func «f»(«a» string) ([]byte, error) {
	client := &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{⟦InsecureSkipVerify: true¦MinVersion: tls.VersionTLS12⟧},
	}}
	«b», err := client.Get("https://«h»/«u»/" + «a»)
	if err != nil {
		return nil, err
	}
	defer «b».Body.Close()
	return io.ReadAll(«b».Body)
}`,
      php: raw`<?php
function «f»(string $«a»): string
{
    $«b» = curl_init('https://«h»/«u»/' . rawurlencode($«a»));
    curl_setopt($«b», CURLOPT_RETURNTRANSFER, true);
    ⟦curl_setopt($«b», CURLOPT_SSL_VERIFYPEER, false);
    curl_setopt($«b», CURLOPT_SSL_VERIFYHOST, 0);∥curl_setopt($«b», CURLOPT_SSL_VERIFYPEER, 0);¦curl_setopt($«b», CURLOPT_TIMEOUT, 10);⟧
    return curl_exec($«b»);
}`,
      csharp: raw`using System.Net.Http;
using System.Threading.Tasks;

public class «F»
{
    public async Task<string> «f»(string «a»)
    {
        var handler = new HttpClientHandler();
        ⟦handler.ServerCertificateCustomValidationCallback = (message, cert, chain, errors) => true;∥handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;¦handler.CheckCertificateRevocationList = true;⟧
        using var client = new HttpClient(handler);
        return await client.GetStringAsync("https://«h»/«u»/" + «a»);
    }
}`,
      ruby: raw`require 'net/http'
require 'openssl'

def «f»(«a»)
  uri = URI("https://«h»/«u»/#{«a»}")
  http = Net::HTTP.new(uri.host, uri.port)
  http.use_ssl = true
  http.verify_mode = ⟦OpenSSL::SSL::VERIFY_NONE¦OpenSSL::SSL::VERIFY_PEER⟧
  http.get(uri.path).body
end`,
      java: raw`import java.security.cert.X509Certificate;
import javax.net.ssl.*;

public class «F» {
    public static SSLContext «f»() throws Exception {
        SSLContext «a» = SSLContext.getInstance("TLS");
        ⟦TrustManager[] «b» = { new X509TrustManager() {
            public void checkClientTrusted(X509Certificate[] chain, String type) { }
            public void checkServerTrusted(X509Certificate[] chain, String type) { }
            public X509Certificate[] getAcceptedIssuers() { return new X509Certificate[0]; }
        } };
        «a».init(null, «b», null);¦TrustManagerFactory «b» = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        «b».init((java.security.KeyStore) null);
        «a».init(null, «b».getTrustManagers(), null);⟧
        return «a»;
    }
}`,
    },
  },
]
