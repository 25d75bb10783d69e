/** Where packages come from. */
export const registries = ['pypi', 'npm', 'rubygems', 'packagist', 'nuget', 'go'] as const
export type Registry = (typeof registries)[number]

const words = (text: string): string[] => text.trim().split(/\s+/)

/** Names under which much used packages are installed or imported: those worth imitating. */
export const popular: Readonly<Record<Registry, readonly string[]>> = {
  pypi: words(`
    absl accelerate aiofiles aiohttp airflow alembic altair anyio argparse arrow asyncpg attrs autogluon awscli babel bandit
    bcrypt beautifulsoup4 bitsandbytes black bleach bokeh boto3 botocore bottle cachetools catboost celery certifi cffi
    chardet charset_normalizer cherrypy click cloudpickle colorama coverage cryptography cupy cycler cython dask dataclasses
    datasets dateutil diffusers django djangorestframework docker docutils dotenv elasticsearch fabric factory_boy faker
    fastapi fiona flask flask_cors flask_login flask_sqlalchemy flask_wtf folium frozenlist fsspec gensim geopandas gevent
    gitpython google gradio graphviz greenlet grpcio gunicorn h5py httplib2 httpx huggingface_hub hypothesis idna imageio
    importlib_metadata ipython isort itsdangerous jinja2 jmespath joblib jsonschema jupyter keras kiwisolver kubernetes
    langchain lightgbm lightning lxml mako markdown markupsafe marshmallow matplotlib mlflow mongoengine motor multidict
    mypy mysqlclient mysqlconnector networkx nltk notebook numba numpy oauthlib odoo onnx onnxruntime openai opencv_python
    openpyxl orjson packaging pandas paramiko passlib peewee pendulum pexpect pillow pipenv plotly poetry polars prettytable
    prometheus_client protobuf psutil psycopg2 pyarrow pyautogui pycryptodome pydantic pydub pygame pygments pyinstaller
    pyjwt pylint pymongo pymysql pyodbc pyopenssl pyparsing pyperclip pyqt5 pyserial pyspark pytesseract pytest
    python_dateutil python_dotenv pytorch pytz pywin32 pyyaml pyzmq ray redis regex reportlab requests requests_oauthlib
    responses rich sanic scikit_image scikit_learn scipy scrapy seaborn selenium sentencepiece sentry_sdk setuptools shapely
    simplejson simpleitk sklearn slack_sdk snowflake socketio soupsieve spacy sphinx sqlalchemy sqlmodel starlette
    statsmodels streamlit stripe sympy tabulate tensorboard tensorflow textblob tiktoken tokenizers torch torchaudio
    torchvision tornado tqdm transformers trio tweepy twilio twisted typing_extensions tzdata ujson urllib3 uvicorn uvloop
    virtualenv waitress wandb watchdog webdriver_manager websocket_client websockets werkzeug wordcloud wtforms xgboost
    xlrd xlsxwriter xmltodict yfinance zipp zstandard
    collections datetime functools hashlib itertools logging multiprocessing operator pathlib pickle platform random
    secrets shutil signal socket sqlite3 statistics string struct subprocess tempfile threading tkinter traceback typing
    unittest urllib warnings weakref zipfile cv2 pil bs4 yaml jwt crypto serial attr`),
  npm: words(`
    @angular/core @babel/core @nestjs/common @reduxjs/toolkit @types/node ajv angular ansi-styles antd apollo-server argon2
    async aws-sdk axios babel-core babel-loader bcrypt bcryptjs bluebird body-parser bootstrap browserify busboy cachedir
    chai chalk cheerio chokidar classnames cluster colors commander compression concurrently connect-mongo cookie-parser
    cookie-session core-js cors cross-env cross-spawn crypto-js css-loader csurf cypress dayjs debug discord.js dotenv
    electron ejs enquirer esbuild eslint event-stream execa express express-rate-limit express-session express-validator
    fastify faker fetch-mock file-loader firebase firebase-admin form-data formidable framer-motion fs-extra glob got
    graphql gulp handlebars helmet html-webpack-plugin http-proxy husky iconv-lite immer immutable inquirer ioredis jest
    jimp joi jquery js-yaml jsdom jsonwebtoken jszip karma knex koa koa-router less leveldown lodash lodash.merge log4js
    lru-cache luxon marked material-ui meow micromatch mime-types minimatch minimist mkdirp mocha moment moment-timezone
    mongodb mongoose morgan mssql multer mysql mysql2 nanoid nest next next-auth node-cron node-fetch node-gyp node-sass
    nodemailer nodemon nunjucks nuxt object-assign openai passport passport-jwt passport-local path-to-regexp pino
    playwright postcss prettier prisma prop-types puppeteer qs querystring ramda rate-limiter-flexible react react-dom
    react-native react-redux react-router react-router-dom redis redux redux-thunk reflect-metadata request rimraf rollup
    rxjs sanitize-html sass sass-loader semver sequelize sharp shelljs shortid sinon socket.io socket.io-client sqlite3
    stripe styled-components superagent supertest svelte swagger-ui-express tailwindcss three through2 ts-jest ts-node
    tslib twilio typeorm typescript uglify-js underscore uuid validator vite vitest vue vue-router vuex webpack webpack-cli
    webpack-dev-server winston xml2js yargs zod zustand
    assert buffer child_process console crypto events https module process readline stream string_decoder timers url util`),
  rubygems: words(`
    actionpack actionmailer activejob activemodel activerecord activesupport addressable bcrypt bootsnap brakeman bundler
    byebug cancancan capistrano capybara carrierwave chef coffee-rails colorize dalli database_cleaner devise dotenv
    dotenv-rails elasticsearch excon factory_bot factory_bot_rails faker faraday fastlane figaro friendly_id geocoder graphql
    haml httparty i18n jbuilder jekyll jquery-rails json jwt kaminari launchy letter_opener mechanize minitest money mongoid
    mysql2 net-ssh nokogiri oauth2 octokit omniauth paperclip paranoia pg_search phusion_passenger prawn pundit puma
    rack-attack rack-cors rails railties rails-i18n rake ransack redcarpet redis rest-client rolify rspec rspec-rails
    rubocop rubyzip sass-rails selenium-webdriver sentry-ruby shoulda sidekiq simple_form simplecov sinatra slim spring
    sprockets sqlite3 stripe thor tilt turbolinks twilio-ruby uglifier unicorn vcr webmock webpacker whenever will_paginate
    yajl-ruby zeitwerk
    benchmark digest fileutils logger openssl open-uri open3 optparse ostruct pathname securerandom shellwords socket
    stringio tempfile timeout`),
  packagist: words(`
    laravel/framework laravel/sanctum laravel/passport laravel/socialite symfony/console symfony/http-foundation
    symfony/http-kernel symfony/process symfony/yaml symfony/mailer guzzlehttp/guzzle monolog/monolog phpunit/phpunit
    doctrine/orm doctrine/dbal twig/twig league/flysystem league/oauth2-server firebase/php-jwt nesbot/carbon
    phpmailer/phpmailer swiftmailer/swiftmailer predis/predis vlucas/phpdotenv ramsey/uuid intervention/image
    slim/slim yiisoft/yii2 cakephp/cakephp codeigniter4/framework stripe/stripe-php aws/aws-sdk-php tymon/jwt-auth
    spatie/laravel-permission barryvdh/laravel-dompdf dompdf/dompdf mpdf/mpdf phpoffice/phpspreadsheet paragonie/random_compat`),
  nuget: words(`
    AutoMapper Autofac BouncyCastle CsvHelper Dapper EntityFramework FluentAssertions FluentValidation HtmlAgilityPack
    MailKit MediatR Microsoft.EntityFrameworkCore MongoDB.Driver Moq MySql.Data Newtonsoft.Json NLog Npgsql NSubstitute
    NUnit Polly Quartz RabbitMQ.Client RestSharp Selenium.WebDriver Serilog SharpZipLib StackExchange.Redis Swashbuckle
    System.Data.SqlClient xunit`),
  go: words(`
    github.com/gin-gonic/gin github.com/gorilla/mux github.com/gorilla/websocket github.com/labstack/echo
    github.com/gofiber/fiber github.com/go-chi/chi github.com/sirupsen/logrus github.com/stretchr/testify
    github.com/spf13/cobra github.com/spf13/viper github.com/dgrijalva/jwt-go github.com/golang-jwt/jwt github.com/lib/pq
    github.com/go-sql-driver/mysql github.com/jmoiron/sqlx github.com/go-redis/redis github.com/redis/go-redis
    github.com/google/uuid github.com/joho/godotenv github.com/mattn/go-sqlite3 github.com/boltdb/bolt
    github.com/aws/aws-sdk-go github.com/prometheus/client_golang github.com/pkg/errors github.com/jackc/pgx
    github.com/hashicorp/vault go.uber.org/zap gorm.io/gorm golang.org/x/crypto golang.org/x/net google.golang.org/grpc
    go.mongodb.org/mongo-driver gopkg.in/yaml.v2`),
}

/** Words and packages of their own right that stand one letter from a much used name. */
export const ordinary: ReadonlySet<string> = new Set(
  words(`
    panda scrape scraper device devices locker rocker stocker strip strips stripes color colour colours moments maker baker
    fake fakes table tables module modules sockets passports parser parsers parse request response responder cluster clusters
    expresso empress impress router routes loader loaders logger loggers config configs schedule scheduler marker markers
    market worker workers broker helper helpers validators validate validation utils util types typing events event handler
    models model views view forms form server client clients socket timer timers timer statistic statics struct structs
    strings signals secret token tokens tokenize tokenizer numbers numeric random_ path paths pathlib2 pickle5 subprocess32
    attr boto mock mocks moc jinja bokeh2 psycopg mysql simple reader writer letter fetcher docker-py dockers rest resty
    preact reach react-is reacts less sass scss glob2 globs yargs-parser async-lock asyncs debugger chain chains shell
    events2 stream streams buffers crypt cryptos process processes urls console-log timer-node test tests jest-cli vuer next-seo
    posts post reports report images image connect connection connector counter ratings markdown2 sanitize sanitizer
    collection datasets dataset database transformer transform transforms light lightnings reduce reducer redox rank ranks
    rask tasks task flash flask2 floss clock clicks chick clique crick track torchtext touch porch black2 block blocks slack
    stack track trick brick attire fabrics fabrik responses request-promise fiona2 viona motors rotor tutor spacey spray
    tornados sympy2 sphynx starlet peewees celeries pillows willow billow plot plots plotter polar poster lexer faster
    fastify-plugin waitresses hash hashes hashing operators platforms traces trace tracker string_utils unit_test unittests
    warning weakrefs zip zips zipper zipfiles temp tempfiles thread threads multiprocess functool itertool collector
    sharpe shape shapes marks mark makes make rails-ui rake-task shoulders spring springs spline simulate thorn tile slime slims
    fig figs haml-lint pumas prawns dally figure money-rails jsons jwts vcrs jekyl-admin loggers digest digests timeouts
    angular-ui jests knexus koala koas mochas morgans multers nuxt3 pinot posts prism prismas qs2 ramdas saas sails semvers sharps
    authlib scapy scrypt websocket pymssql aiofile simpy pyaml gsutil locket pycryptodomex cchardet bpython unittest2
    tensorboardx beautifulsoup fabric2 fabric3 grequests pylink elasticsearch5 elasticsearch6 elasticsearch7 elasticsearch8
    elasticsearch9 pyshark dateutils fastai pickley hickle serialx mocket mysql-connector unicorn gpytorch ngboost ipytest
    openapi aws-cdk @angular/fire @babel/node cryptr consola jslint query-string fstream streamx sqlite koa-route graphiql
    mquery colord compressing through rambda uglify-es xml-js crypto-es ansistyles mkdirp2 http2-proxy ttypescript xstream
    @types/nise @types/nock @types/once sinons three-js tslint vites vuex-map winstons zods date-time datetimes`),
)
