import type { Program } from './program.ts'

const raw = String.raw

/** Data from outside that comes to life: objects, expressions, scripts from the web, packages of the wrong name. */
export const dynamic: readonly Program[] = [
  {
    weakness: 'unsafe-deserialisation',
    tasks: [
      'restore a session that was sent as a cookie',
      'load «t» from the body of a request',
      'read a saved «a» back from a file',
      'load the settings of the program from a file',
    ],
    code: {
      python: raw`import base64
import json
⟦import pickle∥import pickle
import yaml¦import yaml⟧

def «f»(«a»):
    «b» = base64.b64decode(«a»)
    ⟦return pickle.loads(«b»)∥return yaml.load(«b», Loader=yaml.Loader)∥return pickle.loads(base64.b64decode(«a»))¦return json.loads(«b»)∥return yaml.safe_load(«b»)⟧`,
      javascript: raw`⟦const serialize = require('node-serialize');

⟧function «f»(«a») {
  const «b» = Buffer.from(«a», 'base64').toString('utf8');
  return ⟦serialize.unserialize(«b»)¦JSON.parse(«b»)⟧;
}`,
      java: raw`import java.io.*;

public class «F» {
    public static Object «f»(InputStream «a») throws Exception {
        ⟦ObjectInputStream «b» = new ObjectInputStream(«a»);
        return «b».readObject();∥try (ObjectInputStream «b» = new ObjectInputStream(new BufferedInputStream(«a»))) {
            return «b».readObject();
        }¦return new com.fasterxml.jackson.databind.ObjectMapper().readTree(«a»);⟧
    }
}`,
      php: raw`<?php
function «f»(string $«a»)
{
    $«b» = base64_decode($«a»);
    return ⟦unserialize($«b»)¦json_decode($«b», true)⟧;
}

print_r(«f»($_COOKIE['«col»']));`,
      csharp: raw`using System.IO;
using System.Runtime.Serialization.Formatters.Binary;
using System.Text.Json;

public static class «F»
{
    public static object «f»(Stream «a»)
    {
        ⟦var formatter = new BinaryFormatter();
        return formatter.Deserialize(«a»);¦return JsonSerializer.Deserialize<JsonElement>(«a»);⟧
    }
}`,
      ruby: raw`require 'base64'
require 'json'
⟦require 'yaml'
¦⟧
def «f»(«a»)
  «b» = Base64.decode64(«a»)
  ⟦Marshal.load(«b»)∥YAML.unsafe_load(«b»)¦JSON.parse(«b»)⟧
end`,
    },
  },
  {
    weakness: 'eval',
    tasks: [
      'calculate an expression that the user types',
      'build a small calculator',
      'apply a formula from a form to a value',
      'filter «t» by a rule that the user writes',
    ],
    code: {
      python: raw`⟦¦import ast

⟧def «f»():
    «a» = input("Expression: ")
    «b» = ⟦eval(«a»)¦ast.literal_eval(«a»)⟧
    print("Result:", «b»)
    return «b»`,
      javascript: raw`function «f»(«a») {
  ⟦const «b» = eval(«a»);∥const «b» = new Function('return ' + «a»)();¦const «b» = Number(«a»);
  if (Number.isNaN(«b»)) throw new Error('not a number');⟧
  return «b»;
}`,
      php: raw`<?php
function «f»(string $«a»)
{
    ⟦eval('$result = ' . $«a» . ';');
    return $result;¦if (!is_numeric($«a»)) {
        throw new InvalidArgumentException('not a number');
    }
    return $«a» + 0;⟧
}`,
      ruby: raw`def «f»(«a»)
  ⟦«b» = eval(«a»)∥«b» = binding.eval(«a»)¦«b» = Float(«a»)⟧
  puts "Result: #{«b»}"
  «b»
end`,
      java: raw`import javax.script.*;

public class «F» {
    public static Object «f»(String «a») throws ScriptException {
        ⟦ScriptEngine engine = new ScriptEngineManager().getEngineByName("JavaScript");
        return engine.eval(«a»);¦return Double.parseDouble(«a».trim());⟧
    }
}`,
    },
  },
  {
    weakness: 'download-and-run',
    tasks: [
      'install a tool on a new server',
      'update the program from the web',
      'set up the «a» plugin when the application starts',
      'load the newest version of a script',
    ],
    code: {
      python: raw`⟦import os
import urllib.request¦import subprocess⟧

def «f»():
    ⟦os.system("curl -s https://«h»/«u»/install.sh | bash")∥«a» = urllib.request.urlopen("https://«h»/«u»/setup.py").read()
    exec(«a»)∥«a» = urllib.request.urlopen("https://«h»/«u»/update.py").read().decode()
    exec(compile(«a», "update", "exec"))¦subprocess.run(["apt-get", "install", "-y", "jq=1.6-2.1"], check=True)∥subprocess.run(["pip", "install", "--require-hashes", "-r", "requirements.txt"], check=True)⟧`,
      javascript: raw`const { ⟦exec¦execFile⟧ } = require('child_process');
⟦const https = require('https');
¦⟧
function «f»(done) {
  ⟦exec('curl -fsSL https://«h»/«u»/install.sh | sh', done);∥https.get('https://«h»/«u»/setup.js', (response) => {
    let «a» = '';
    response.on('data', (chunk) => { «a» += chunk; });
    response.on('end', () => { eval(«a»); done(); });
  });∥exec('wget -qO- https://«h»/«u»/get.sh | bash', done);¦execFile('npm', ['ci', '--ignore-scripts'], done);⟧
}`,
      php: raw`<?php
function «f»(): void
{
    ⟦shell_exec('curl -s https://«h»/«u»/install.sh | bash');∥$«a» = file_get_contents('https://«h»/«u»/update.txt');
    eval($«a»);¦shell_exec('composer install --no-scripts');⟧
}`,
      ruby: raw`⟦require 'open-uri'

¦⟧def «f»
  ⟦system('curl -s https://«h»/«u»/install.sh | bash')∥«a» = URI.open('https://«h»/«u»/setup.rb').read
  eval(«a»)¦system('bundle', 'install', '--deployment')⟧
end`,
      go: raw`package main

import (
	"log"
	"os/exec"
)

func «f»() {
	«a» := ⟦exec.Command("sh", "-c", "curl -s https://«h»/«u»/install.sh | sh")∥exec.Command("bash", "-c", "wget -qO- https://«h»/«u»/get.sh | bash")¦exec.Command("go", "mod", "verify")⟧
	if err := «a».Run(); err != nil {
		log.Fatal(err)
	}
}`,
    },
  },
  {
    weakness: 'look-alike-package',
    tasks: [
      'send a web request and print the answer',
      'read a table and compute the mean of a column',
      'draw a line chart of some numbers',
      'format a date and compare two lists',
    ],
    code: {
      python: raw`import ⟦reqeusts∥requestss∥reqests¦requests⟧

def «f»(«a»="https://«h»/«u»"):
    response = ⟦reqeusts∥requestss∥reqests¦requests⟧.get(«a», timeout=10)
    print(response.status_code)
    return response.text`,
      javascript: raw`const «a» = require(⟦'loadsh'∥'lodahs'∥'lodashs'¦'lodash'⟧);

function «f»(«b», «c») {
  const shared = «a».intersection(«b», «c»);
  console.log('shared:', shared.length);
  return shared;
}`,
      ruby: raw`require ⟦'nokogirri'∥'nokogori'¦'nokogiri'⟧
require 'open-uri'

def «f»(«a»)
  page = Nokogiri::HTML(URI.open(«a»))
  page.css('h1').map(&:text)
end`,
      go: raw`package main

import (
	"net/http"

	"github.com/⟦gorilla/muxx∥goriIla/mux∥gorrilla/mux¦gorilla/mux⟧"
)

func main() {
	«a» := mux.NewRouter()
	«a».HandleFunc("/«u»", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte("ok"))
	})
	http.ListenAndServe(":8080", «a»)
}`,
    },
  },
]
