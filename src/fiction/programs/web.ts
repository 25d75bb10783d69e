import type { Program } from './program.ts'

const raw = String.raw

/** Doors of web applications that stand open. */
export const web: readonly Program[] = [
  {
    weakness: 'missing-authorisation',
    tasks: [
      'delete a row of «t» through a web route',
      'remove a user through an endpoint',
      'change the «col» of one of the «t» through the web API',
      'add an admin route that lists all «t»',
    ],
    code: {
      python: raw`from flask import Flask, abort, jsonify
⟦from models import «F», db¦from flask_login import current_user, login_required
from models import «F», db⟧

app = Flask(__name__)

@app.route("/admin/«u»/<int:item_id>", methods=["DELETE"])
⟦¦@login_required
⟧def «f»(item_id):
    ⟦¦if not current_user.is_admin:
        abort(403)
    ⟧«a» = «F».query.get_or_404(item_id)
    db.session.delete(«a»)
    db.session.commit()
    return jsonify(status="deleted")`,
      javascript: raw`const express = require('express');
const { «F» } = require('./models');
⟦¦const { requireAuth, requireAdmin } = require('./auth');
⟧
const router = express.Router();

router.delete('/admin/«u»/:id', ⟦¦requireAuth, requireAdmin, ⟧async (req, res) => {
  await «F».destroy({ where: { id: req.params.id } });
  res.json({ status: 'deleted' });
});

module.exports = router;`,
      java: raw`import org.springframework.web.bind.annotation.*;
⟦¦import org.springframework.security.access.prepost.PreAuthorize;
⟧
@RestController
@RequestMapping("/admin/«u»")
public class «F»Controller {
    private final «F»Repository repository;

    public «F»Controller(«F»Repository repository) {
        this.repository = repository;
    }

    ⟦¦@PreAuthorize("hasRole('ADMIN')")
    ⟧@DeleteMapping("/{id}")
    public void «f»(@PathVariable Long id) {
        repository.deleteById(id);
    }
}`,
      php: raw`<?php
require 'db.php';
⟦¦session_start();
if (($_SESSION['role'] ?? '') !== 'admin') {
    http_response_code(403);
    exit;
}
⟧
$«a» = (int) $_POST['id'];
$statement = $db->prepare('DELETE FROM «t» WHERE id = ?');
$statement->execute([$«a»]);
echo json_encode(['status' => 'deleted']);`,
      csharp: raw`using Microsoft.AspNetCore.Mvc;
⟦¦using Microsoft.AspNetCore.Authorization;
⟧
[ApiController]
[Route("admin/«u»")]
⟦¦[Authorize(Roles = "Admin")]
⟧public class «F»Controller : ControllerBase
{
    private readonly «F»Context _context;

    public «F»Controller(«F»Context context) => _context = context;

    [HttpDelete("{id}")]
    public IActionResult «f»(int id)
    {
        var «a» = _context.Items.Find(id);
        if («a» == null) return NotFound();
        _context.Items.Remove(«a»);
        _context.SaveChanges();
        return NoContent();
    }
}`,
      ruby: raw`class «F»Controller < ApplicationController
  ⟦¦before_action :authenticate_user!
  before_action :require_admin

  ⟧def destroy
    «a» = «F».find(params[:id])
    «a».destroy
    render json: { status: 'deleted' }
  end
end`,
    },
  },
  {
    weakness: 'permissive-cors',
    tasks: [
      'set up a small web API for «t» that a web page can call',
      'allow a web page to call the API',
      'serve «t» from an endpoint with CORS',
    ],
    code: {
      python: raw`from flask import Flask, jsonify
from flask_cors import CORS

app = Flask(__name__)
⟦CORS(app, resources={r"/*": {"origins": "*"}}, supports_credentials=True)∥CORS(app, origins="*")¦CORS(app, origins=["https://«h»"])⟧

@app.route("/«u»")
def «f»():
    return jsonify(items=[])`,
      javascript: raw`const express = require('express');
const cors = require('cors');

const app = express();
⟦app.use(cors({ origin: '*' }));∥app.use((req, res, next) => {
  res.header('Access-Control-Allow-Origin', '*');
  res.header('Access-Control-Allow-Credentials', 'true');
  next();
});¦app.use(cors({ origin: 'https://«h»' }));⟧

app.get('/«u»', (req, res) => {
  res.json({ items: [] });
});

app.listen(3000);`,
      go: raw`package main

import "net/http"

func «f»(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", ⟦"*"∥r.Header.Get("Origin")¦"https://«h»"⟧)
	w.Header().Set("Access-Control-Allow-Methods", "GET, POST")
	w.Write([]byte("[]"))
}

func main() {
	http.HandleFunc("/«u»", «f»)
	http.ListenAndServe(":8080", nil)
}`,
      php: raw`<?php
⟦header('Access-Control-Allow-Origin: *');∥header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);
header('Access-Control-Allow-Credentials: true');¦header('Access-Control-Allow-Origin: https://«h»');⟧
header('Content-Type: application/json');
$«a» = ['items' => []];
echo json_encode($«a»);`,
      java: raw`import org.springframework.web.bind.annotation.*;
import java.util.*;

@RestController
@CrossOrigin(origins = ⟦"*"¦"https://«h»"⟧)
public class «F»Controller {
    @GetMapping("/«u»")
    public List<String> «f»() {
        return new ArrayList<>();
    }
}`,
      csharp: raw`var builder = WebApplication.CreateBuilder(args);
builder.Services.AddCors(options =>
    options.AddDefaultPolicy(policy => policy⟦.AllowAnyOrigin()¦.WithOrigins("https://«h»")⟧.AllowAnyHeader().AllowAnyMethod()));

var app = builder.Build();
app.UseCors();
app.MapGet("/«u»", () => new string[0]);
app.Run();`,
    },
  },
  {
    weakness: 'debug-on',
    tasks: [
      'start a small web application',
      'serve a hello world page for «t»',
      'create a web app with one route that lists «t»',
    ],
    code: {
      python: raw`from flask import Flask, jsonify

app = Flask(__name__)

@app.route("/«u»")
def «f»():
    return jsonify(«t»=[])

if __name__ == "__main__":
    ⟦app.run(host="0.0.0.0", debug=True)∥app.run(debug=True, port=5000)∥app.debug = True
    app.run()¦app.run(port=5000)⟧`,
      javascript: raw`const express = require('express');
⟦const errorhandler = require('errorhandler');
¦⟧
const app = express();

app.get('/«u»', (req, res) => {
  res.json([]);
});

⟦app.use(errorhandler());∥app.use((err, req, res, next) => {
  res.status(500).send(err.stack);
});¦app.use((err, req, res, next) => {
  res.status(500).send('Something went wrong');
});⟧

app.listen(3000);`,
      php: raw`<?php
⟦ini_set('display_errors', '1');
error_reporting(E_ALL);∥ini_set('display_errors', 1);¦ini_set('display_errors', '0');
ini_set('log_errors', '1');⟧

function «f»(): array
{
    return ['«t»' => []];
}

header('Content-Type: application/json');
echo json_encode(«f»());`,
      ruby: raw`require 'sinatra'

configure do
  set :show_exceptions, ⟦true¦false⟧
  set :port, 4567
end

get '/«u»' do
  '[]'
end`,
      csharp: raw`var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();

⟦app.UseDeveloperExceptionPage();¦app.UseExceptionHandler("/error");⟧
app.MapGet("/«u»", () => new string[0]);
app.Run();`,
      go: raw`package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

func main() {
	gin.SetMode(⟦gin.DebugMode¦gin.ReleaseMode⟧)
	«a» := gin.Default()
	«a».GET("/«u»", func(c *gin.Context) {
		c.JSON(http.StatusOK, gin.H{"items": []string{}})
	})
	«a».Run()
}`,
    },
  },
]
