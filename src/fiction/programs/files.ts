import type { Program } from './program.ts'

const raw = String.raw

/** Paths that leave their folder, and pages made of text from outside. */
export const files: readonly Program[] = [
  {
    weakness: 'path-traversal',
    tasks: [
      'serve a file that the user names from the upload folder',
      'let users download their «t»',
      'read a «a» from the folder of «t» by its name',
    ],
    code: {
      python: raw`import os
from flask import Flask, request, send_file⟦¦, send_from_directory⟧

app = Flask(__name__)
BASE = "/srv/«t»"

@app.route("/«u»")
def «f»():
    «a» = request.args.get("name")
    ⟦return send_file(os.path.join(BASE, «a»))∥with open(BASE + "/" + «a», "rb") as «b»:
        return «b».read()¦return send_from_directory(BASE, «a»)⟧`,
      javascript: raw`const express = require('express');
const fs = require('fs');
const path = require('path');

const app = express();
const base = '/srv/«t»';

app.get('/«u»', (req, res) => {
  ⟦const «a» = path.join(base, req.query.name);
  fs.readFile(«a», (err, data) => {∥fs.readFile(base + '/' + req.query.name, (err, data) => {¦const «a» = path.join(base, path.basename(String(req.query.name)));
  fs.readFile(«a», (err, data) => {⟧
    if (err) return res.status(404).end();
    res.send(data);
  });
});`,
      java: raw`import java.io.*;
import java.nio.file.*;
import javax.servlet.http.*;

public class «F» extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String «a» = request.getParameter("name");
        ⟦File «b» = new File("/srv/«t»/" + «a»);
        Files.copy(«b».toPath(), response.getOutputStream());¦Path base = Paths.get("/srv/«t»").toRealPath();
        Path «b» = base.resolve(«a»).normalize();
        if (!«b».startsWith(base)) {
            response.sendError(403);
            return;
        }
        Files.copy(«b», response.getOutputStream());⟧
    }
}`,
      php: raw`<?php
$«a» = $_GET['name'];
⟦readfile('/srv/«t»/' . $«a»);∥echo file_get_contents("/srv/«t»/" . $«a»);¦$path = '/srv/«t»/' . basename($«a»);
if (is_file($path)) {
    readfile($path);
}⟧`,
      go: raw`package main

import (
	"net/http"
	"os"
	"path/filepath"
)

func «f»(w http.ResponseWriter, r *http.Request) {
	«a» := r.URL.Query().Get("name")
	⟦«b», err := os.ReadFile(filepath.Join("/srv/«t»", «a»))∥«b», err := os.ReadFile("/srv/«t»/" + «a»)¦«b», err := os.ReadFile(filepath.Join("/srv/«t»", filepath.Base(«a»)))⟧
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	w.Write(«b»)
}`,
      csharp: raw`using System.IO;
using Microsoft.AspNetCore.Mvc;

public class «F» : Controller
{
    [HttpGet("/«u»")]
    public IActionResult «f»(string «a»)
    {
        ⟦var path = Path.Combine("/srv/«t»", «a»);¦var path = Path.Combine("/srv/«t»", Path.GetFileName(«a»));⟧
        return File(System.IO.File.ReadAllBytes(path), "application/octet-stream");
    }
}`,
      ruby: raw`require 'sinatra'

get '/«u»' do
  ⟦send_file File.join('/srv/«t»', params[:name])∥File.read("/srv/«t»/#{params[:name]}")¦send_file File.join('/srv/«t»', File.basename(params[:name]))⟧
end`,
    },
  },
  {
    weakness: 'template-injection',
    tasks: [
      'greet a visitor by name on a web page',
      'show the comment of a user on a page',
      'echo a search term in a web route',
      'render a profile page with the text that a user wrote',
    ],
    code: {
      python: raw`from flask import Flask, request, render_template_string

app = Flask(__name__)

@app.route("/«u»")
def «f»():
    «a» = request.args.get("«col»", "")
    ⟦return render_template_string("<h1>Hello " + «a» + "</h1>")∥«b» = f"<p>{«a»}</p>"
    return render_template_string(«b»)∥return "<h1>Results for " + request.args.get("«col»", "") + "</h1>"¦return render_template_string("<h1>Hello {{ «a» }}</h1>", «a»=«a»)⟧`,
      javascript: raw`⟦function «f»(«a») {
  const «b» = document.getElementById('«col»');
  «b».innerHTML = '<b>' + «a» + '</b>';
}

«f»(new URLSearchParams(location.search).get('«col»'));∥const express = require('express');
const app = express();

app.get('/«u»', (req, res) => {
  const «a» = req.query.«col»;
  res.send('<h1>Hello ' + «a» + '</h1>');
});¦function «f»(«a») {
  const «b» = document.getElementById('«col»');
  «b».textContent = «a»;
}

«f»(new URLSearchParams(location.search).get('«col»'));⟧`,
      php: raw`<?php
$«a» = $_GET['«col»'] ?? 'guest';
⟦echo "<h1>Hello " . $«a» . "</h1>";∥echo "<p>$«a»</p>";¦echo '<h1>Hello ' . htmlspecialchars($«a», ENT_QUOTES) . '</h1>';⟧`,
      java: raw`import java.io.*;
import javax.servlet.http.*;

public class «F» extends HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String «a» = request.getParameter("«col»");
        response.setContentType("text/html");
        ⟦response.getWriter().println("<h1>Hello " + «a» + "</h1>");¦response.getWriter().println("<h1>Hello " + org.owasp.encoder.Encode.forHtml(«a») + "</h1>");⟧
    }
}`,
      ruby: raw`require 'sinatra'
require 'erb'

get '/«u»' do
  «a» = params[:«col»]
  ⟦ERB.new("<h1>Hello #{«a»}</h1>").result¦erb '<h1>Hello <%= ERB::Util.html_escape(name) %></h1>', locals: { name: «a» }⟧
end`,
      go: raw`package main

import (
	"fmt"
	"html"
	"net/http"
)

func «f»(w http.ResponseWriter, r *http.Request) {
	«a» := r.URL.Query().Get("«col»")
	w.Header().Set("Content-Type", "text/html")
	fmt.Fprintf(w, "<h1>Hello %s</h1>", ⟦«a»¦html.EscapeString(«a»)⟧)
}`,
    },
  },
  {
    weakness: 'permissive-permissions',
    tasks: [
      'write a «a» to a file and set its permissions',
      'create a folder for the «t»',
      'save the private key of the server to disk',
    ],
    code: {
      cpp: raw`#include <fstream>
#include <string>
#include <sys/stat.h>

bool «f»(const std::string& «a») {
    const char* path = "/var/lib/«t»/«file»";
    std::ofstream «b»(path);
    «b» << «a»;
    «b».close();
    return chmod(path, ⟦0777∥0666∥S_IRWXU | S_IRWXG | S_IRWXO¦0600∥S_IRUSR | S_IWUSR⟧) == 0;
}`,
      python: raw`import os

def «f»(«a», path="/var/lib/«t»/«file»"):
    with open(path, "w") as «b»:
        «b».write(«a»)
    os.chmod(path, ⟦0o777∥0o666¦0o600⟧)
    return path`,
      javascript: raw`const fs = require('fs');

function «f»(«a», path = '/var/lib/«t»/«file»') {
  ⟦fs.writeFileSync(path, «a»);
  fs.chmodSync(path, 0o777);∥fs.writeFileSync(path, «a», { mode: 0o666 });
  fs.chmodSync(path, 0o666);¦fs.writeFileSync(path, «a», { mode: 0o600 });⟧
  return path;
}`,
      go: raw`package main

import "os"

func «f»(«a» []byte) error {
	if err := os.MkdirAll("/var/lib/«t»", ⟦0777¦0700⟧); err != nil {
		return err
	}
	return os.WriteFile("/var/lib/«t»/«file»", «a», ⟦0777∥0666¦0600⟧)
}`,
      php: raw`<?php
function «f»(string $«a»): string
{
    $path = '/var/lib/«t»/«file»';
    file_put_contents($path, $«a»);
    chmod($path, ⟦0777∥0666¦0600⟧);
    return $path;
}`,
      ruby: raw`require 'fileutils'

def «f»(«a»)
  path = '/var/lib/«t»/«file»'
  File.write(path, «a»)
  ⟦FileUtils.chmod(0o777, path)∥File.chmod(0777, path)¦File.chmod(0600, path)⟧
  path
end`,
      java: raw`import java.io.IOException;
import java.nio.file.*;
import java.nio.file.attribute.*;

public class «F» {
    public static Path «f»(byte[] «a») throws IOException {
        Path «b» = Paths.get("/var/lib/«t»/«file»");
        Files.write(«b», «a»);
        Files.setPosixFilePermissions(«b», PosixFilePermissions.fromString(⟦"rwxrwxrwx"∥"rw-rw-rw-"¦"rw-------"⟧));
        return «b»;
    }
}`,
    },
  },
]
