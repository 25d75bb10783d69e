import type { Program } from './program.ts'

const raw = String.raw

/** Text from outside that becomes part of a query or of a command. */
export const injection: readonly Program[] = [
  {
    weakness: 'sql-injection',
    tasks: [
      'look up a row of the «t» table by its «col»',
      'find all «t» with a given «col»',
      'check whether a «col» is already in the «t» table',
    ],
    code: {
      cpp: raw`#include <string>
#include <mysql/mysql.h>

MYSQL_RES* «f»(MYSQL* db, const std::string& «a») {
    ⟦std::string query = "SELECT * FROM «t» WHERE «col» = '" + «a» + "'";¦std::string quoted(2 * «a».size() + 1, 0);
    unsigned long length = mysql_real_escape_string(db, &quoted[0], «a».c_str(), «a».size());
    quoted.resize(length);
    std::string query = "SELECT * FROM «t» WHERE «col» = '" + quoted + "'";⟧
    if (mysql_query(db, query.c_str())) return nullptr;
    return mysql_store_result(db);
}`,
      python: raw`import sqlite3

def «f»(«a»):
    «b» = sqlite3.connect("«t».db")
    «c» = «b».cursor()
    ⟦«c».execute("SELECT * FROM «t» WHERE «col» = '" + «a» + "'")∥«c».execute(f"SELECT * FROM «t» WHERE «col» = '{«a»}'")∥query = "SELECT * FROM «t» WHERE «col» = '%s'" % «a»
    «c».execute(query)¦«c».execute("SELECT * FROM «t» WHERE «col» = ?", («a»,))⟧
    «d» = «c».fetchall()
    «b».close()
    return «d»`,
      javascript: raw`const mysql = require('mysql');

function «f»(db, «a», done) {
  ⟦const sql = "SELECT * FROM «t» WHERE «col» = '" + «a» + "'";
  db.query(sql, (err, rows) => {∥db.query(${'`'}SELECT * FROM «t» WHERE «col» = '${'$'}{«a»}'${'`'}, (err, rows) => {¦db.query('SELECT * FROM «t» WHERE «col» = ?', [«a»], (err, rows) => {⟧
    if (err) return done(err);
    done(null, rows);
  });
}`,
      java: raw`import java.sql.*;

public class «F» {
    public ResultSet «f»(Connection connection, String «a») throws SQLException {
        ⟦Statement «b» = connection.createStatement();
        return «b».executeQuery("SELECT * FROM «t» WHERE «col» = '" + «a» + "'");∥String sql = "SELECT * FROM «t» WHERE «col» = '" + «a» + "'";
        Statement «b» = connection.createStatement();
        return «b».executeQuery(sql);¦PreparedStatement «b» = connection.prepareStatement("SELECT * FROM «t» WHERE «col» = ?");
        «b».setString(1, «a»);
        return «b».executeQuery();⟧
    }
}`,
      php: raw`<?php
function «f»(mysqli $db, string $«a»): array
{
    ⟦$result = $db->query("SELECT * FROM «t» WHERE «col» = '" . $«a» . "'");∥$sql = "SELECT * FROM «t» WHERE «col» = '$«a»'";
    $result = mysqli_query($db, $sql);¦$statement = $db->prepare('SELECT * FROM «t» WHERE «col» = ?');
    $statement->bind_param('s', $«a»);
    $statement->execute();
    $result = $statement->get_result();⟧
    return $result->fetch_all(MYSQLI_ASSOC);
}`,
      go: raw`package main

import (
	"database/sql"
	"fmt"
)

func «f»(db *sql.DB, «a» string) (*sql.Rows, error) {
	⟦query := fmt.Sprintf("SELECT * FROM «t» WHERE «col» = '%s'", «a»)
	return db.Query(query)∥return db.Query("SELECT * FROM «t» WHERE «col» = '" + «a» + "'")¦fmt.Println("looking up «col»")
	return db.Query("SELECT * FROM «t» WHERE «col» = $1", «a»)⟧
}`,
      csharp: raw`using System.Data.SqlClient;

public class «F»
{
    public SqlDataReader «f»(SqlConnection connection, string «a»)
    {
        ⟦var command = new SqlCommand("SELECT * FROM «t» WHERE «col» = '" + «a» + "'", connection);∥var command = new SqlCommand($"SELECT * FROM «t» WHERE «col» = '{«a»}'", connection);¦var command = new SqlCommand("SELECT * FROM «t» WHERE «col» = @value", connection);
        command.Parameters.AddWithValue("@value", «a»);⟧
        return command.ExecuteReader();
    }
}`,
      ruby: raw`def «f»(db, «a»)
  ⟦db.execute("SELECT * FROM «t» WHERE «col» = '#{«a»}'")∥query = "SELECT * FROM «t» WHERE «col» = '" + «a» + "'"
  db.execute(query)¦db.execute('SELECT * FROM «t» WHERE «col» = ?', [«a»])⟧
end`,
    },
  },
  {
    weakness: 'sql-injection',
    tasks: ['search «t» by «col» in a web route', 'show the «t» that match a search term on a web page'],
    code: {
      python: raw`from flask import Flask, request, jsonify
import sqlite3

app = Flask(__name__)

@app.route("/«u»")
def «f»():
    «a» = request.args.get("«col»", "")
    «b» = sqlite3.connect("«t».db")
    rows = «b».execute(⟦"SELECT id, «col» FROM «t» WHERE «col» LIKE '%" + «a» + "%'"∥f"SELECT id, «col» FROM «t» WHERE «col» LIKE '%{«a»}%'"¦"SELECT id, «col» FROM «t» WHERE «col» LIKE ?", ("%" + «a» + "%",)⟧).fetchall()
    return jsonify(rows)`,
      javascript: raw`const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();

app.get('/«u»', async (req, res) => {
  const «a» = req.query.«col»;
  ⟦const result = await pool.query(${'`'}SELECT id, «col» FROM «t» WHERE «col» LIKE '%${'$'}{«a»}%'${'`'});∥const result = await pool.query("SELECT id, «col» FROM «t» WHERE «col» = '" + «a» + "'");¦const result = await pool.query('SELECT id, «col» FROM «t» WHERE «col» LIKE $1', ['%' + «a» + '%']);⟧
  res.json(result.rows);
});`,
      php: raw`<?php
$«a» = $_GET['«col»'] ?? '';
$db = new PDO('sqlite:«t».db');
⟦$rows = $db->query("SELECT id, «col» FROM «t» WHERE «col» = '" . $«a» . "'")->fetchAll();∥$rows = $db->query("SELECT id, «col» FROM «t» WHERE «col» LIKE '%$«a»%'")->fetchAll();¦$statement = $db->prepare('SELECT id, «col» FROM «t» WHERE «col» LIKE ?');
$statement->execute(["%$«a»%"]);
$rows = $statement->fetchAll();⟧
echo json_encode($rows);`,
      java: raw`import java.sql.*;
import javax.servlet.http.*;

public class «F» extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        String «a» = request.getParameter("«col»");
        try (Connection db = DriverManager.getConnection("jdbc:h2:mem:«t»")) {
            ⟦ResultSet rows = db.createStatement().executeQuery("SELECT id FROM «t» WHERE «col» = '" + «a» + "'");¦PreparedStatement statement = db.prepareStatement("SELECT id FROM «t» WHERE «col» = ?");
            statement.setString(1, «a»);
            ResultSet rows = statement.executeQuery();⟧
            while (rows.next()) response.getWriter().println(rows.getInt(1));
        } catch (Exception e) {
            response.setStatus(500);
        }
    }
}`,
    },
  },
  {
    weakness: 'command-injection',
    tasks: [
      'check whether a host answers to a ping',
      'compress a «a» with a shell tool',
      'convert a «a» to another format with a command line tool',
      'list the files of a folder that the user names',
    ],
    code: {
      cpp: raw`#include <cstdlib>
#include <string>
⟦¦#include <unistd.h>
#include <sys/wait.h>
⟧
int «f»(const std::string& «a») {
    ⟦std::string command = "ping -c 1 " + «a»;
    return system(command.c_str());∥return std::system(("tar czf backup.tgz " + «a»).c_str());∥FILE* «b» = popen(("ls -l " + «a»).c_str(), "r");
    return «b» ? pclose(«b») : -1;¦pid_t child = fork();
    if (child == 0) {
        execlp("ping", "ping", "-c", "1", «a».c_str(), nullptr);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;⟧
}`,
      python: raw`import subprocess
⟦import os¦⟧

def «f»(«a»):
    ⟦return os.system("ping -c 1 " + «a»)∥«b» = subprocess.run(f"ls -l {«a»}", shell=True, capture_output=True)
    return «b».stdout.decode()∥return subprocess.check_output("convert " + «a» + " out.png", shell=True)∥return os.popen("tar czf backup.tgz %s" % «a»).read()¦«b» = subprocess.run(["ping", "-c", "1", "--", «a»], capture_output=True, check=False)
    return «b».returncode∥«b» = subprocess.run(["ls", "-l", "--", «a»], capture_output=True, check=True)
    return «b».stdout.decode()⟧`,
      javascript: raw`const { ⟦exec¦execFile⟧ } = require('child_process');

function «f»(«a», done) {
  ⟦exec('ping -c 1 ' + «a», (error, stdout) => {∥exec(${'`'}tar czf backup.tgz ${'$'}{«a»}${'`'}, (error, stdout) => {∥exec("ls -l " + «a», (error, stdout) => {¦execFile('ping', ['-c', '1', «a»], (error, stdout) => {∥execFile('tar', ['czf', 'backup.tgz', '--', «a»], (error, stdout) => {⟧
    if (error) return done(error);
    done(null, stdout);
  });
}`,
      java: raw`import java.io.*;

public class «F» {
    public static int «f»(String «a») throws IOException, InterruptedException {
        ⟦Process «b» = Runtime.getRuntime().exec("ping -c 1 " + «a»);∥Process «b» = Runtime.getRuntime().exec(new String[] { "sh", "-c", "ls -l " + «a» });¦Process «b» = new ProcessBuilder("ping", "-c", "1", «a»).start();⟧
        return «b».waitFor();
    }
}`,
      php: raw`<?php
function «f»(string $«a»): string
{
    ⟦return shell_exec("ping -c 1 " . $«a»);∥exec("ls -l $«a»", $lines);
    return implode("\n", $lines);∥ob_start();
    system('tar czf backup.tgz ' . $«a»);
    return ob_get_clean();¦return shell_exec('ping -c 1 ' . escapeshellarg($«a»));⟧
}`,
      go: raw`package main

import (
	"fmt"
	"os/exec"
)

func «f»(«a» string) (string, error) {
	⟦«b», err := exec.Command("sh", "-c", "ping -c 1 "+«a»).Output()∥«b», err := exec.Command("bash", "-c", fmt.Sprintf("tar czf backup.tgz %s", «a»)).CombinedOutput()¦«b», err := exec.Command("ping", "-c", "1", «a»).Output()⟧
	if err != nil {
		return "", fmt.Errorf("failed: %w", err)
	}
	return string(«b»), nil
}`,
      csharp: raw`using System.Diagnostics;

public static class «F»
{
    public static string «f»(string «a»)
    {
        ⟦var start = new ProcessStartInfo("/bin/sh", "-c \"ping -c 1 " + «a» + "\"") { RedirectStandardOutput = true };∥var start = new ProcessStartInfo("cmd.exe", $"/C dir {«a»}") { RedirectStandardOutput = true };¦var start = new ProcessStartInfo("ping") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("1");
        start.ArgumentList.Add(«a»);⟧
        using var process = Process.Start(start);
        return process.StandardOutput.ReadToEnd();
    }
}`,
      ruby: raw`require 'open3'

def «f»(«a»)
  ⟦${'`'}ping -c 1 #{«a»}${'`'}∥system("tar czf backup.tgz #{«a»}")∥system('ls -l ' + «a»)¦output, _status = Open3.capture2('ping', '-c', '1', «a»)
  output∥system('tar', 'czf', 'backup.tgz', '--', «a»)⟧
end`,
    },
  },
]
