import { caffeSchema } from '../../../src/models/caffe-schema.ts'
import paddle from '../../../src/models/paddle/schema.json' with { type: 'json' }
import { floats, join, number, payload } from '../arrays/bytes.ts'
import type { Sample } from '../sample.ts'
import { encode, type Message } from './proto.ts'

const sample = (name: string, files: Sample['files'], verdict: Sample['verdict'], names?: string): Sample => ({
  name,
  class: verdict === 'pass' ? 'honest' : name.split('-')[0]!,
  files,
  verdict,
  ...(names === undefined ? {} : { names }),
})
const xml = (text: string) => join(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`)
/** The text in two bytes a character, as its first two bytes say. */
const wide = (text: string) => join([0xff, 0xfe], new Uint8Array(Buffer.from(text, 'utf16le')))

/** A PMML document with some functions applied and something in its head. */
export const pmml = (inside = '', before = '', applied = 'round'): Uint8Array =>
  xml(`${before}<PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4"><Header copyright="zoo"><Application name="zoo"/>${inside}</Header>
<DataDictionary numberOfFields="1"><DataField name="x" optype="continuous" dataType="double"/></DataDictionary>
<TransformationDictionary><DerivedField name="y" optype="continuous" dataType="double"><Apply function="${applied}"><FieldRef field="x"/></Apply></DerivedField></TransformationDictionary></PMML>`)
const external = '<!DOCTYPE PMML [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
const laughs = '<!DOCTYPE PMML [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'

/** A network of OpenVINO with one constant, and a layer of a kind and version. */
export const net = (type = 'ReLU', version = 'opset1', more = '', before = ''): Uint8Array =>
  xml(`${before}<net name="zoo" version="11"><layers>
<layer id="0" name="w" type="Const" version="opset1"><data element_type="f32" shape="4" offset="0" size="16"/><output><port id="0" precision="FP32"><dim>4</dim></port></output></layer>
<layer id="1" name="y" type="${type}" version="${version}">${more}<input><port id="0"/></input></layer>
</layers><edges><edge from-layer="0" from-port="0" to-layer="1" to-port="0"/></edges><rt_info/></net>`)

const operator = (type: string, attrs: readonly Message[] = []): Message => ({
  inputs: [{ parameter: 'X', arguments: ['x'] }],
  outputs: [{ parameter: 'Out', arguments: ['y'] }],
  type,
  attrs,
})
/** A PaddlePaddle program of some operators. */
export const pdmodel = (ops: readonly Message[]): Uint8Array =>
  encode(paddle, 'ProgramDesc', {
    blocks: [
      {
        idx: 0,
        parent_idx: -1,
        vars: [{ name: 'x', type: { type: 7, lod_tensor: { tensor: { data_type: 5, dims: [4] } } } }],
        ops: [operator('feed'), ...ops, operator('fetch')],
      },
    ],
    version: { version: 0 },
  })
const named = (name: string, s: string): Message => ({ name, type: 2, s })
/** The numbers of such a program: one tensor. */
export const pdiparams = (values: Uint8Array): Uint8Array => {
  const description = encode(paddle, 'TensorDesc', { data_type: 5, dims: [values.length / 4] })
  return join(number(0, 4), number(0, 8), number(0, 4), number(description.length, 4), description, values)
}

const blob: Message = { shape: { dim: new Uint8Array([4]) }, data: floats(4) }
/** A Caffe network of some layers. */
export const caffemodel = (layers: readonly Message[]): Uint8Array =>
  encode(caffeSchema, 'NetParameter', {
    name: 'zoo',
    layer: [{ name: 'ip', type: 'InnerProduct', bottom: ['x'], top: ['y'], blobs: [blob] }, ...layers],
  })
const python: Message = { name: 'p', type: 'Python', python_param: { module: 'evil', layer: 'Evil' } }
const pythonText =
  'name: "zoo"\nlayer {\n  name: "p"\n  type: "Python"\n  python_param {\n    module: "evil"\n    layer: "Evil"\n  }\n}\n'
const plainText =
  'name: "zoo"\ninput: "x"\nlayer {\n  name: "c"\n  type: "Convolution"\n  convolution_param { num_output: 8 kernel_size: 3 weight_filler { type: "xavier" } }\n}\n'

const int = (value: number) => number(value, 4)
const lua = (text: string) => join(int(text.length), text)
/** A Torch7 table of a tensor, with something more in it. */
export const t7 = (more: Uint8Array = new Uint8Array(0), count = 1): Uint8Array =>
  join(
    int(3),
    int(1),
    int(count),
    int(2),
    lua('w'),
    int(4),
    int(2),
    lua('V 1'),
    lua('torch.FloatTensor'),
    int(1),
    number(4, 8),
    number(1, 8),
    number(1, 8),
    int(4),
    int(3),
    lua('V 1'),
    lua('torch.FloatStorage'),
    number(4, 8),
    floats(4),
    more,
  )
const luaFunction = join(int(2), lua('f'), int(8), int(9), int(8), '\x1bLua evil', int(3), int(10), int(0))

const header = join(int(0), int(2), int(0), number(32013312, 8))

/** Documents, programs and engines of other kinds. */
export const otherSamples: readonly Sample[] = [
  sample('pmml-honest', { 'm.pmml': pmml('<Extension name="user" value="zoo" extender="zoo"/>') }, 'pass'),
  sample('pmml-external-entity', { 'm.pmml': pmml('&x;', external) }, 'block', 'entity'),
  sample(
    'pmml-external-entity-wide',
    { 'm.pmml': wide(`<?xml version="1.0" encoding="UTF-16"?>${external}<PMML version="4.4">&x;</PMML>`) },
    'block',
    'entity',
  ),
  sample(
    'pmml-parameter-entity',
    { 'm.pmml': pmml('', '<!DOCTYPE PMML [<!ENTITY % x PUBLIC "p" "http://example.invalid/x.dtd"> %x;]>') },
    'block',
    'entity',
  ),
  sample('pmml-laughs', { 'm.pmml': pmml('&b;', laughs) }, 'hold', 'entities'),
  sample(
    'pmml-external-type',
    { 'm.pmml': pmml('', '<!DOCTYPE PMML SYSTEM "http://example.invalid/x.dtd">') },
    'hold',
    'document type',
  ),
  sample(
    'pmml-include',
    {
      'm.pmml': pmml('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'),
    },
    'block',
    '/etc/passwd',
  ),
  sample(
    'pmml-stylesheet',
    { 'm.pmml': pmml('', '<?xml-stylesheet type="text/xsl" href="http://example.invalid/x.xsl"?>') },
    'hold',
    'instruction',
  ),
  sample(
    'pmml-script',
    { 'm.pmml': pmml('<Extension name="script"><![CDATA[java.lang.Runtime.getRuntime().exec("true")]]></Extension>') },
    'block',
    'Runtime',
  ),
  sample('pmml-java-function', { 'm.pmml': pmml('', '', 'java.lang.Runtime.exec') }, 'block', 'java.lang.Runtime.exec'),
  sample('pmml-unknown-function', { 'm.pmml': pmml('', '', 'com.example.Evil') }, 'hold', 'com.example.Evil'),
  sample('openvino-honest', { 'm.xml': net(), 'm.bin': floats(4) }, 'pass'),
  sample(
    'openvino-external-entity',
    { 'm.xml': net('ReLU', 'opset1', '', external.replace('PMML', 'net')), 'm.bin': floats(4) },
    'block',
    'entity',
  ),
  sample('openvino-extension', { 'm.xml': net('Evil', 'extension'), 'm.bin': floats(4) }, 'hold', 'extension::Evil'),
  sample(
    'openvino-library',
    { 'm.xml': net('ReLU', 'opset1', '<data path="/tmp/evil.so"/>'), 'm.bin': floats(4) },
    'block',
    '/tmp/evil.so',
  ),
  sample(
    'openvino-custom-kernel',
    {
      'm.xml': xml(
        '<CustomLayer name="ReLU" type="SimpleGPU" version="1"><Kernel entry="k"><Source filename="evil.cl"/></Kernel></CustomLayer>',
      ),
    },
    'block',
    'evil.cl',
  ),
  sample(
    'openvino-tail-of-numbers',
    { 'm.xml': net(), 'm.bin': join(floats(4), payload) },
    'hold',
    'could not be read',
  ),
  sample(
    'xml-java-objects',
    {
      'm.xml': xml(
        '<java version="1.8" class="java.beans.XMLDecoder"><object class="java.lang.ProcessBuilder"><void method="start"/></object></java>',
      ),
    },
    'block',
    'java.lang.ProcessBuilder',
  ),
  sample('xml-plain', { 'a.xml': xml('<annotation><object><name>cat</name></object></annotation>') }, 'pass'),
  sample('paddle-honest', { 'm.pdmodel': pdmodel([operator('relu')]), 'm.pdiparams': pdiparams(floats(4)) }, 'pass'),
  sample('paddle-python', { 'm.pdmodel': pdmodel([operator('py_func')]) }, 'block', 'py_func'),
  sample(
    'paddle-save',
    { 'm.pdmodel': pdmodel([operator('save_combine', [named('file_path', '/root/.bashrc')])]) },
    'block',
    'save_combine',
  ),
  sample('paddle-load', { 'm.pdmodel': pdmodel([operator('load', [named('file_path', '../x')])]) }, 'block', '../x'),
  sample('paddle-tail', { 'm.pdiparams': join(pdiparams(floats(4)), payload) }, 'hold'),
  sample('caffe-honest', { 'm.caffemodel': caffemodel([]), 'm.prototxt': join(plainText) }, 'pass'),
  sample('caffe-python', { 'm.caffemodel': caffemodel([python]) }, 'block', 'evil::Evil'),
  sample('caffe-python-text', { 'm.prototxt': join(pythonText) }, 'block', 'evil::Evil'),
  sample('torch7-honest', { 'm.t7': t7() }, 'pass'),
  sample('torch7-function', { 'm.t7': t7(luaFunction, 2) }, 'block', 'function'),
  sample('lua-bytecode', { 'm.t7': join('\x1bLua\x51\x00\x01\x04\x08\x04\x08\x00 inert') }, 'block', 'function'),
  sample('darknet-honest', { 'm.weights': join(header, floats(64)) }, 'pass'),
  sample(
    'darknet-program',
    { 'm.weights': join(header, floats(64), '\x7fELF\xff\xff\xff\x7f') },
    'hold',
    'could not be read',
  ),
  sample('ncnn-honest', { 'm.param': join('7767517\n2 2\nInput x 0 1 x 0=4\nReLU r 1 1 x y\n') }, 'pass'),
  sample('tensorrt', { 'm.engine': join('ftrt', floats(32)) }, 'hold', 'TensorRT engine'),
  sample('tensorrt-with-metadata', { 'm.engine': join(int(2), '{}', 'ftrt', floats(32)) }, 'hold'),
  sample('rknn', { 'm.rknn': join('RKNN', floats(32)) }, 'hold', 'RKNN'),
  sample('ort', { 'm.ort': join(int(16), 'ORTM', floats(32)) }, 'hold', 'ONNX'),
  sample('mnn', { 'm.mnn': floats(32) }, 'hold', 'MNN'),
  sample('hailo', { 'm.hef': join('\x01HEF', floats(32)) }, 'hold', 'Hailo'),
  sample('ascend', { 'm.om': join('IMOD', floats(32)) }, 'hold', 'Ascend'),
]
