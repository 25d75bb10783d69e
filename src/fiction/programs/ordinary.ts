import type { Ordinary } from './program.ts'

const raw = String.raw

/** Programs in which there is nothing to be weak. */
export const ordinary: readonly Ordinary[] = [
  {
    tasks: ['add up the numbers of a list', 'compute the sum of an array', 'sum all elements of a collection'],
    code: {
      python: raw`def «f»(«a»):
    ⟦return sum(«a»)∥«b» = 0
    for «c» in «a»:
        «b» += «c»
    return «b»⟧`,
      javascript: raw`⟦const «f» = («a») => «a».reduce((«b», «c») => «b» + «c», 0);∥function «f»(«a») {
  let «b» = 0;
  for (const «c» of «a») «b» += «c»;
  return «b»;
}⟧`,
      java: raw`public static int «f»(int[] «a») {
    int «b» = 0;
    for (int «c» : «a») {
        «b» += «c»;
    }
    return «b»;
}`,
      php: raw`<?php
function «f»(array $«a»): int
{
    return array_sum($«a»);
}`,
      cpp: raw`#include <vector>
#include <numeric>

int «f»(const std::vector<int>& «a») {
    return std::accumulate(«a».begin(), «a».end(), 0);
}`,
    },
  },
  {
    tasks: ['reverse a string', 'turn a word around', 'print a text backwards'],
    code: {
      python: raw`def «f»(«a»):
    ⟦return «a»[::-1]∥return "".join(reversed(«a»))∥«b» = ""
    for «c» in «a»:
        «b» = «c» + «b»
    return «b»⟧`,
      javascript: raw`function «f»(«a») {
  ⟦return «a».split('').reverse().join('');∥let «b» = '';
  for (const «c» of «a») «b» = «c» + «b»;
  return «b»;⟧
}`,
      java: raw`public static String «f»(String «a») {
    return new StringBuilder(«a»).reverse().toString();
}`,
      ruby: raw`def «f»(«a»)
  «a».reverse
end`,
      go: raw`package main

func «f»(«a» string) string {
	«b» := []rune(«a»)
	for i, j := 0, len(«b»)-1; i < j; i, j = i+1, j-1 {
		«b»[i], «b»[j] = «b»[j], «b»[i]
	}
	return string(«b»)
}`,
    },
  },
  {
    tasks: ['check whether a word is a palindrome', 'tell if a text reads the same both ways'],
    code: {
      python: raw`def «f»(«a»):
    «b» = ⟦«a».lower().replace(" ", "")∥"".join(c for c in «a».lower() if c.isalnum())⟧
    return «b» == «b»[::-1]`,
      javascript: raw`function «f»(«a») {
  const «b» = «a».toLowerCase().replace(/[^a-z0-9]/g, '');
  return «b» === [...«b»].reverse().join('');
}`,
      csharp: raw`using System;
using System.Linq;

static bool «f»(string «a»)
{
    var «b» = «a».ToLower();
    return «b».SequenceEqual(«b».Reverse());
}`,
    },
  },
  {
    tasks: ['count how often each word occurs in a text', 'find the most frequent word of a text'],
    code: {
      python: raw`⟦from collections import Counter

def «f»(«a»):
    return Counter(«a».lower().split()).most_common(3)∥def «f»(«a»):
    «b» = {}
    for «c» in «a».split():
        «b»[«c»] = «b».get(«c», 0) + 1
    return «b»⟧`,
      javascript: raw`function «f»(«a») {
  const «b» = {};
  for (const «c» of «a».toLowerCase().split(/\s+/)) {
    «b»[«c»] = («b»[«c»] || 0) + 1;
  }
  return «b»;
}`,
      ruby: raw`def «f»(«a»)
  «a».downcase.split.tally
end`,
      java: raw`import java.util.*;

public class «F» {
    public static Map<String, Integer> «f»(String «a») {
        Map<String, Integer> «b» = new HashMap<>();
        for (String «c» : «a».split("\\s+")) {
            «b».merge(«c», 1, Integer::sum);
        }
        return «b»;
    }
}`,
    },
  },
  {
    tasks: ['test whether a number is prime', 'list the prime numbers below a limit'],
    code: {
      python: raw`def «f»(«a»):
    if «a» < 2:
        return False
    for «b» in range(2, int(«a» ** 0.5) + 1):
        if «a» % «b» == 0:
            return False
    return True`,
      javascript: raw`function «f»(«a») {
  if («a» < 2) return false;
  for (let «b» = 2; «b» * «b» <= «a»; «b»++) {
    if («a» % «b» === 0) return false;
  }
  return true;
}`,
      cpp: raw`#include <iostream>

bool «f»(int «a») {
    if («a» < 2) return false;
    for (int «b» = 2; «b» * «b» <= «a»; ++«b») {
        if («a» % «b» == 0) return false;
    }
    return true;
}

int main() {
    std::cout << «f»(«n») << std::endl;
    return 0;
}`,
      go: raw`package main

import "fmt"

func «f»(«a» int) bool {
	for «b» := 2; «b»*«b» <= «a»; «b»++ {
		if «a»%«b» == 0 {
			return false
		}
	}
	return «a» > 1
}

func main() {
	fmt.Println(«f»(«n»))
}`,
    },
  },
  {
    tasks: ['sort a list of numbers', 'order an array with bubble sort', 'sort «t» by their «col»'],
    code: {
      python: raw`def «f»(«a»):
    ⟦return sorted(«a»)∥for i in range(len(«a»)):
        for j in range(len(«a») - i - 1):
            if «a»[j] > «a»[j + 1]:
                «a»[j], «a»[j + 1] = «a»[j + 1], «a»[j]
    return «a»⟧`,
      javascript: raw`const «f» = («a») => [...«a»].sort((x, y) => ⟦x - y∥x.«col».localeCompare(y.«col»)⟧);`,
      java: raw`public static void «f»(int[] «a») {
    for (int i = 0; i < «a».length; i++) {
        for (int j = 0; j < «a».length - i - 1; j++) {
            if («a»[j] > «a»[j + 1]) {
                int «b» = «a»[j];
                «a»[j] = «a»[j + 1];
                «a»[j + 1] = «b»;
            }
        }
    }
}`,
      php: raw`<?php
function «f»(array $«a»): array
{
    sort($«a»);
    return $«a»;
}`,
    },
  },
  {
    tasks: ['compute the Fibonacci numbers up to a limit', 'print the first Fibonacci numbers'],
    code: {
      python: raw`def «f»(«a»):
    «b», «c» = 0, 1
    while «b» < «a»:
        print(«b»)
        «b», «c» = «c», «b» + «c»`,
      javascript: raw`function* «f»(«a») {
  let [x, y] = [0, 1];
  while (x < «a») {
    yield x;
    [x, y] = [y, x + y];
  }
}`,
      ruby: raw`def «f»(«a»)
  x, y = 0, 1
  while x < «a»
    puts x
    x, y = y, x + y
  end
end`,
    },
  },
  {
    tasks: [
      'define a class for «t»',
      'model a «col» and its owner with classes',
      'create a class with a constructor and a method',
    ],
    code: {
      python: raw`class «F»:
    def __init__(self, «a», «b»=None):
        self.«a» = «a»
        self.«b» = «b»

    def describe(self):
        return f"{self.«a»}: {self.«b»}"`,
      javascript: raw`class «F» {
  constructor(«a», «b») {
    this.«a» = «a»;
    this.«b» = «b»;
  }

  describe() {
    return this.«a» + ': ' + this.«b»;
  }
}`,
      java: raw`public class «F» {
    private final String «a»;
    private int «b»;

    public «F»(String «a», int «b») {
        this.«a» = «a»;
        this.«b» = «b»;
    }

    public String describe() {
        return «a» + ": " + «b»;
    }
}`,
      csharp: raw`public class «F»
{
    public string «a» { get; set; }
    public int «b» { get; set; }

    public override string ToString() => $"{«a»}: {«b»}";
}`,
      ruby: raw`class «F»
  attr_reader :«a», :«b»

  def initialize(«a», «b»)
    @«a» = «a»
    @«b» = «b»
  end
end`,
    },
  },
  {
    tasks: ['read a CSV file and print its first lines', 'load a table from a file', 'count the lines of a file'],
    code: {
      python: raw`⟦import csv

with open("«t».csv", newline="") as «a»:
    for «b» in csv.DictReader(«a»):
        print(«b»["«col»"])∥import pandas as pd

«a» = pd.read_csv("«t».csv")
print(«a».head())⟧`,
      javascript: raw`const fs = require('fs');

const «a» = fs.readFileSync('«t».csv', 'utf8').split('\n');
console.log(«a».slice(0, 5));
console.log('lines:', «a».length);`,
      go: raw`package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	«a», err := os.Open("«t».csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer «a».Close()
	«b» := bufio.NewScanner(«a»)
	for «b».Scan() {
		fmt.Println(«b».Text())
	}
}`,
      php: raw`<?php
$«a» = fopen('«t».csv', 'r');
while (($«b» = fgetcsv($«a»)) !== false) {
    echo $«b»[0], PHP_EOL;
}
fclose($«a»);`,
    },
  },
  {
    tasks: ['remove duplicates from a list', 'keep each element of an array once'],
    code: {
      python: raw`def «f»(«a»):
    ⟦return list(dict.fromkeys(«a»))∥return list(set(«a»))⟧`,
      javascript: raw`const «f» = («a») => ⟦[...new Set(«a»)]∥«a».filter((«b», i) => «a».indexOf(«b») === i)⟧;`,
      cpp: raw`#include <algorithm>
#include <vector>

void «f»(std::vector<int>& «a») {
    std::sort(«a».begin(), «a».end());
    «a».erase(std::unique(«a».begin(), «a».end()), «a».end());
}`,
      csharp: raw`using System.Collections.Generic;
using System.Linq;

static List<int> «f»(List<int> «a») => «a».Distinct().ToList();`,
    },
  },
  {
    tasks: ['convert degrees Celsius to Fahrenheit', 'convert a temperature'],
    code: {
      python: raw`def «f»(«a»):
    return «a» * 9 / 5 + 32

print(«f»(«n»))`,
      javascript: raw`function «f»(«a») {
  return («a» * 9) / 5 + 32;
}

console.log(«f»(«n»));`,
      java: raw`public class «F» {
    public static double «f»(double «a») {
        return «a» * 9 / 5 + 32;
    }

    public static void main(String[] args) {
        System.out.println(«f»(«n»));
    }
}`,
      php: raw`<?php
$«a» = «n»;
echo $«a» * 9 / 5 + 32;`,
    },
  },
  {
    tasks: [
      'find the largest element of a list',
      'find the smallest and the largest number',
      'search an element with binary search',
    ],
    code: {
      python: raw`def «f»(«a»):
    «b» = «a»[0]
    for «c» in «a»[1:]:
        if «c» > «b»:
            «b» = «c»
    return «b»`,
      javascript: raw`function «f»(«a») {
  return { smallest: Math.min(...«a»), largest: Math.max(...«a») };
}`,
      cpp: raw`int «f»(int «a»[], int size, int «b») {
    int low = 0, high = size - 1;
    while (low <= high) {
        int middle = low + (high - low) / 2;
        if («a»[middle] == «b») return middle;
        if («a»[middle] < «b») low = middle + 1;
        else high = middle - 1;
    }
    return -1;
}`,
      ruby: raw`def «f»(«a»)
  «a».minmax
end`,
    },
  },
  {
    tasks: ['fetch a page and print its status', 'draw a bar chart of some values', 'show the current date and time'],
    code: {
      python: raw`⟦import requests

«a» = requests.get("https://«h»/«u»", timeout=10)
print(«a».status_code)∥import matplotlib.pyplot as plt

«a» = {"north": «n», "south": 11, "west": 7}
plt.bar(list(«a»), list(«a».values()))
plt.show()∥from datetime import datetime

print(datetime.now().strftime("%Y-%m-%d %H:%M"))⟧`,
      javascript: raw`⟦fetch('https://«h»/«u»')
  .then((«a») => console.log(«a».status))
  .catch((error) => console.error(error));∥console.log(new Date().toISOString());∥async function «f»() {
  const «a» = await fetch('/«u»');
  return «a».json();
}⟧`,
      php: raw`<?php
echo date('Y-m-d H:i');`,
    },
  },
]
