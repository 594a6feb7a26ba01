import type { Faults } from '../faults'

/** What is at fault, and what to do about it; by the English text that the code gives. */
export const faults: Faults = {
  // How texts are put together.
  '{path}: {fault}': '{path}：{fault}',
  '{fault}; {others}': '{fault}；{others}',
  'and {count} more': '另有 {count} 处',

  // Settings, a path before each.
  'is missing': '缺少此项',
  'unknown key': '未知的键',
  'expected {what}, got {value}': '应为{what}，实为 {value}',
  'an integer from {min} to {max}': ' {min} 到 {max} 之间的整数',
  'a number over {min} and at most {max}': '大于 {min}、不超过 {max} 的数',
  'a number from {min} to {max}': ' {min} 到 {max} 之间的数',
  'true or false': ' true 或 false',
  '"{choice}" or {others}': ' "{choice}" 或 {others}',
  'an object': '一个对象',
  'a list': '一个列表',
  'a count': '一个计数',
  'a number of at least 0': '不小于 0 的数',
  'a number, "NaN" or "Infinity"': '一个数、"NaN" 或 "Infinity"',
  '24 hexadecimal digits': ' 24 位十六进制数字',
  '64 hexadecimal digits': ' 64 位十六进制数字',
  'a text of at most {most} characters': '不超过 {most} 个字符的文本',
  'a name of 1 to {most} characters': ' 1 到 {most} 个字符的名称',
  nothing: '空',
  'something nested too deep': '嵌套过深的内容',
  'expected at most {most} entries, got {count}': '最多 {most} 项，实有 {count} 项',
  'expected at least one stage': '至少要有一个阶段',
  'expected at most {most} stages': '最多 {most} 个阶段',
  'expected {count} widths, one for each stage of units, got {given}':
    '应有 {count} 个宽度，每个阶段一个，实有 {given} 个',
  '"A" appends zero channels, but stage {stage} has fewer channels than what comes before it; use "B"':
    '"A" 以零通道补足，但第 {stage} 阶段的通道比它之前的少；请用 "B"',
  'expected steps in rising order': '各步须按升序排列',
  'expected adjustments in rising order of their steps': '各次调整须按步数升序排列',
  'expected 1, the format that this version reads, got {format}':
    '此版本只能读取格式 1，实为 {format}',
  'this version reads 1, got {format}': '此版本只能读取格式 1，实为 {format}',
  '{train} + {validation} images are more than the {all} there are':
    '{train} + {validation} 张图片超过了总共的 {all} 张',
  '{data} has 10 classes, got {classes}': '{data} 有 10 个类别，实为 {classes}',
  'expected at most data.validation ({most}), got {images}':
    '不得超过 data.validation（{most}），实为 {images}',
  'needs a momentum over 0': '需要大于 0 的动量',
  'is the same for all lanes; set it in the comparison\'s "train"':
    '各泳道相同；请在整个比较的 "train" 中设置',
  'expected at least one lane': '至少要有一条泳道',
  'expected at most {most} lanes, got {count}': '最多 {most} 条泳道，实有 {count} 条',
  'there are {most} lanes already': '已有 {most} 条泳道',
  'no lane is right': '没有一条泳道可用',
  'is that of lanes[{lane}] too': '与 lanes[{lane}] 重名',
  '{seeds} from {seed} on would go beyond {last}, the last seed':
    '从 {seed} 起的 {seeds} 个种子会超过最后一个种子 {last}',

  // Several pages.
  'Another page of the playground trains in this browser.': '本浏览器中的另一个页面正在训练。',
  'Train there, or press "Train here instead" at the top of this page.':
    '请在那里训练，或按本页顶部的“改在这里训练”。',

  // Links.
  'The link': '链接',
  'The settings are as they were.': '设置保持原样。',
  'Copy the whole link again, or ask for the {what} as a file.':
    '请重新复制完整的链接，或索取这次{what}的文件。',
  'This link holds no {what}. {remedy}': '此链接中没有{what}。{remedy}',
  'This link has {characters} characters, a {what} has at most {most}. {remedy}':
    '此链接有 {characters} 个字符，而一次{what}最多 {most} 个。{remedy}',
  'This link is damaged. {remedy}': '此链接已损坏。{remedy}',
  'This link unpacks to more than any {what} has. {remedy}':
    '此链接解开后的内容超过任何{what}的大小。{remedy}',
  run: '训练',
  comparison: '比较',

  // The GPU.
  'This browser has no WebGPU.': '此浏览器没有 WebGPU。',
  'This browser has no WebGPU (navigator.gpu is missing).':
    '此浏览器没有 WebGPU（缺少 navigator.gpu）。',
  'Use a browser that has it.': '请换用支持它的浏览器。',
  'Use a current Chrome or Edge, or switch WebGPU on in this browser.':
    '请使用新版 Chrome 或 Edge，或在此浏览器中开启 WebGPU。',
  'WebGPU is there, but it found no graphics adapter.': 'WebGPU 可用，但没有找到图形适配器。',
  'Update the graphics driver, or see chrome://gpu for why the adapter is not used.':
    '请更新显卡驱动，或在 chrome://gpu 查看为何没有使用该适配器。',
  'The GPU was lost ({reason}).': 'GPU 已丢失（{reason}）。',
  'no reason given': '未说明原因',
  'The GPU reported an error: {message}': 'GPU 报告了错误：{message}',
  'Reload the page.': '请重新加载页面。',
  'The training worker stopped: {why}.': '训练线程已停止：{why}。',
  'it could not be loaded': '未能加载',
  'it ended': '它已终止',
  'it sent what cannot be read': '它发来的消息无法读取',
  'Nothing was kept of the run: open its file again, or reset.':
    '这次训练没有保存任何内容：请重新打开它的文件，或重置。',
  'Reset starts another one; if it stops again, reload the page.':
    '“重置”会启动新的线程；若再次停止，请重新加载页面。',

  'The self-test found that {adapter} computes {what} wrongly: it would train to nonsense.':
    '自检发现 {adapter} 的{what}计算有误：训练结果将毫无意义。',
  'convolutions ({aspect})': '卷积（{aspect}）',
  'Update the graphics driver or the browser, and run the self-test again; or use another adapter.':
    '请更新显卡驱动或浏览器，然后重新自检；或换用其他适配器。',

  // What fits and what trains.
  '"{buffer}" needs {needed} in one buffer; this adapter allows {allowed}.':
    '“{buffer}”的一个缓冲区需要 {needed}；此适配器只允许 {allowed}。',
  'The adapter has not the memory that this needs: {bytes}.': '适配器没有所需的内存：{bytes}。',
  'a dispatch of {needed} workgroups is over the limit of {most}: lower the batch size':
    '一次调度需要 {needed} 个工作组，超过上限 {most}：请减小批量大小',
  'Lower the batch size.': '请减小批量大小。',
  'A batch size of {size} fits.': '批量大小为 {size} 时放得下。',
  'Not even one image fits: choose a net with fewer units or channels.':
    '连一张图片也放不下：请选择单元或通道更少的网络。',
  'This run stores feature maps in f16, which this adapter cannot: it has no shader-f16.':
    '这次训练以 f16 存储特征图，而此适配器不支持：它没有 shader-f16。',
  'Train in f32: under Precision on the page, as "train.precision" in a run file.':
    '请用 f32 训练：在页面的“精度”中选择，或在训练文件中设置 "train.precision"。',
  'Lane "{lane}": {fault}': '泳道“{lane}”：{fault}',
  'Lane "{lane}" does not fit beside the {others} before it. {fault}':
    '泳道“{lane}”无法与它之前的 {others} 条同时放下。{fault}',
  'Train {count} {lanes} at once, or lower the batch size.':
    '请只同时训练 {count} 条泳道，或减小批量大小。',
  '{what} at step {step} is not a finite number any more: the training diverged.':
    '{what}在第 {step} 步不再是有限数：训练已发散。',
  'A gradient': '梯度',
  'The loss': '损失',
  'Lower the learning rate, or give it a warm-up, and reset.':
    '请降低学习率，或加上预热，然后重置。',
  'Training goes on without the meter; with a smaller batch it may fit.':
    '训练会继续，但没有信号计；批量更小时也许放得下。',
  'Step makes the same step without showing it; with a smaller batch it may fit.':
    '“单步”会走同样的一步，但不展示；批量更小时也许放得下。',
  'Training goes on without the meter; switch it on again to try once more.':
    '训练会继续，但没有信号计；可重新打开它再试一次。',
  'Change the settings or reset; if it comes back, reload the page.':
    '请更改设置或重置；若再次出现，请重新加载页面。',

  // Pictures.
  'Get CIFAR-10 first, or train on the built-in pictures.': '请先获取 CIFAR-10，或用内置图形训练。',
  'Get CIFAR-10 (under Pictures), then try again.': '请先获取 CIFAR-10（在“图片”中），然后重试。',
  'CIFAR-10 is not here yet: this run needs the training files {files}.':
    'CIFAR-10 还不在这里：这次训练需要训练文件 {files}。',
  "this browser's copy": '此浏览器中的副本',
  'CIFAR-10 from the server': '来自服务器的 CIFAR-10',
  '{archive}, fetched by the server': '{archive}，由服务器获取',
  'Try again.': '请重试。',
  'Try again, or reload the page.': '请重试，或重新加载页面。',
  "Drop {archive} or its .bin files onto the page, or put the .bin files beside the page's files, in data/cifar10/.":
    '请把 {archive} 或其中的 .bin 文件拖放到页面上，或把 .bin 文件放到页面文件旁的 data/cifar10/ 中。',
  'The server has stopped to fetch CIFAR-10.': '服务器已停止获取 CIFAR-10。',
  'The server does not answer any more.': '服务器不再应答。',
  'The server refuses to fetch CIFAR-10.': '服务器拒绝获取 CIFAR-10。',
  "The page's server cannot be reached.": '无法连接本页的服务器。',
  'This server does not have {file}.': '此服务器上没有 {file}。',
  'The server answered {answer} for {file}.': '服务器对 {file} 的应答是 {answer}。',
  'The connection broke within {file}.': '在传送 {file} 时连接中断。',
  'Try again, or fetch {archive} by hand and name it in CIFAR10_DIR or drop it on the page.':
    '请重试，或手动下载 {archive}，在 CIFAR10_DIR 中指明，或拖放到页面上。',
  '{url} answered {answer}.': '{url} 的应答是 {answer}。',
  '{url} cannot be reached ({reason}).': '无法连接 {url}（{reason}）。',
  'The connection broke after {received}{of} bytes.': '收到 {received} 字节后连接中断。',
  '{files} is not of CIFAR-10 in its binary version.': '{files} 不属于二进制版的 CIFAR-10。',
  'Drop {archive} or the files {first} to {last} out of it.':
    '请拖放 {archive}，或其中的文件 {first} 到 {last}。',
  'Take the official archive, {archive}.': '请使用官方压缩包 {archive}。',
  'Fetch {archive} again.': '请重新下载 {archive}。',
  'This is a web page, not the archive.': '这是网页，不是压缩包。',
  'Open the address in a browser to see what the server says. {remedy}':
    '请在浏览器中打开该地址，看看服务器怎么说。{remedy}',
  'Open the address in a browser to see what the server says.':
    '请在浏览器中打开该地址，看看服务器怎么说。',
  'This is not a gzip archive.': '这不是 gzip 压缩包。',
  '{file} claims {size} bytes, more than any file of the archive has ({largest}).':
    '{file} 自称有 {size} 字节，超过压缩包中任何文件（{largest}）。',
  'It unpacks to more than {most}, which is more than the official archive has.':
    '它解开后超过 {most}，比官方压缩包的内容还多。',
  '{count} files': '{count} 个文件',
  '{count} bytes': '{count} 字节',
  'This archive is the Python version of CIFAR-10.': '这个压缩包是 Python 版的 CIFAR-10。',
  'The archive ends without {files}.': '压缩包中缺少 {files}。',
  'It is incomplete or another one. {remedy}': '它不完整，或是别的压缩包。{remedy}',
  'The archive ends early: {where}.': '压缩包提前结束：{where}。',
  'in {file}, after {received} of {bytes} bytes':
    '在 {file} 中，应有 {bytes} 字节，只到第 {received} 字节',
  'The archive is damaged and cannot be unpacked ({reason}).':
    '压缩包已损坏，无法解开（{reason}）。',
  'Fetch it again: a copy of the official file has exactly these bytes.':
    '请重新下载：官方文件的大小正好如此。',
  '{file}: expected {bytes} bytes, got {size}.': '{file}：应有 {bytes} 字节，实有 {size} 字节。',
  'It is incomplete. {remedy}': '它不完整。{remedy}',
  '{file}: record {record} has the label {label}, expected 0 to 9.':
    '{file}：第 {record} 条记录的标签是 {label}，应为 0 到 9。',
  'This is not CIFAR-10 in its binary version, or it is damaged; take cifar-10-binary.tar.gz.':
    '这不是二进制版的 CIFAR-10，或已损坏；请使用 cifar-10-binary.tar.gz。',
  '{file} is a web page, not a file of CIFAR-10.': '{file} 是网页，不是 CIFAR-10 的文件。',
  '{file}: its MD5 is {md5}, the official file has {official}.':
    '{file}：它的 MD5 是 {md5}，官方文件是 {official}。',
  'Its images are damaged or changed. {remedy}': '其中的图片已损坏或被改动。{remedy}',

  // Files that are opened and runs that are resumed.
  'The run': '这次训练',
  'Your last comparison': '上次的比较',
  'There is no run to save.': '没有可保存的训练。',
  'Reset, or resume the last run.': '请重置，或继续上次的训练。',
  'Its checkpoint is not there any more.': '它的检查点已经不在了。',
  'Another page may have removed it; its settings can be trained again.':
    '可能已被另一个页面删除；可以用它的设置重新训练。',
  'It is not there any more.': '它已经不在了。',
  'Another page may have discarded it.': '可能已被另一个页面丢弃。',
  'It does not fit its own net: {faults}.': '它与自己的网络不符：{faults}。',
  'Open another copy of it.': '请打开它的另一份副本。',
  'Open another copy of the file.': '请打开该文件的另一份副本。',
  'Open it with the version that wrote it.': '请用写出它的版本打开。',
  'Open a checkpoint or weights that were saved as .safetensors.':
    '请打开保存为 .safetensors 的检查点或权重。',
  'It shares no tensor with {net}.': '它与 {net} 没有共同的张量。',
  'Choose a net of the same widths.': '请选择宽度相同的网络。',
  'These weights are not those of {net}: {faults}.': '这些权重不是 {net} 的：{faults}。',
  'Choose the net that they belong to, and open the file again.':
    '请选择它们所属的网络，再打开该文件。',
  'The opened weights do not fit this net: {fault}.': '打开的权重与此网络不符：{fault}。',
  'Reset starts from the seed.': '“重置”从随机种子开始。',
  'it holds tensors, but is no checkpoint': '其中有张量，但不是检查点',
  'its format is {format}, this version reads {first} and {second}: use the version that wrote it':
    '它的格式是 {format}，此版本读取 {first} 和 {second}：请用写出它的版本',
  'it is damaged: its checksum does not match its content': '它已损坏：校验和与内容不符',
  'it tells of step {step}, but has made {steps} steps': '它提到第 {step} 步，却只走了 {steps} 步',
  'its text "{name}" is missing': '缺少文本“{name}”',
  'its text "{name}" is no JSON': '文本“{name}”不是 JSON',
  'its text "{name}": {fault}': '文本“{name}”：{fault}',
  'its step: expected a whole number, got "{text}"': '步数：应为整数，实为 "{text}"',
  'its tensor "{name}" is missing': '缺少张量“{name}”',
  'its tensor "{name}" is [{shape}], {steps} steps need [{needed}]':
    '张量“{name}”的形状是 [{shape}]，{steps} 步需要 [{needed}]',
  '"{name}" is not what the checkpoint was trained with': '“{name}”与检查点训练时的不同',
  'velocity: {fault}': '动量：{fault}',
  'not a safetensors file: {reason}': '不是 safetensors 文件：{reason}',
  'it has only {bytes} bytes': '只有 {bytes} 字节',
  'its header claims {bytes} bytes of a file of {size}':
    '文件共 {size} 字节，文件头却自称占 {bytes} 字节',
  'its header is not JSON': '文件头不是 JSON',
  'its header is not an object': '文件头不是对象',
  'its header has "{name}" twice in one object': '文件头的同一对象中有两个“{name}”',
  '"{name}": expected an object of texts': '“{name}”：应为由文本组成的对象',
  '"{name}": its header entry is malformed': '“{name}”：文件头中的条目格式不对',
  '"{name}": expected dtype F32, got {dtype}': '“{name}”：dtype 应为 F32，实为 {dtype}',
  '"{name}": no file holds a tensor of shape [{shape}]':
    '“{name}”：没有文件装得下形状为 [{shape}] 的张量',
  '"{name}": shape [{shape}] needs {bytes} bytes, its offsets give {given}':
    '“{name}”：形状 [{shape}] 需要 {bytes} 字节，偏移量给出 {given} 字节',
  '"{name}": overlaps the tensor before it': '“{name}”：与前一个张量重叠',
  '"{name}": leaves a gap before it': '“{name}”：与前一个张量之间有空隙',
  '"{name}": reaches past the end of the file': '“{name}”：超出文件末尾',
  'its last {bytes} bytes belong to no tensor': '最后 {bytes} 字节不属于任何张量',
  '"{name}" is not a tensor of this net': '“{name}”不是此网络的张量',
  '"{name}" is missing': '缺少“{name}”',
  '"{name}" is [{shape}], the net\'s is [{expected}]':
    '“{name}”的形状是 [{shape}]，网络中是 [{expected}]',
  'it is no race, or it is damaged': '它不是比较的文件，或已损坏',
  'is not that of a race': '不是比较的格式',
  'is {format}, this version reads {reads}': '是 {format}，此版本读取 {reads}',
  'its {part} is missing': '缺少 {part}',
  'its {part} is damaged': '{part} 已损坏',
  'its {part}: {fault}': '{part}：{fault}',
  'the checksum does not match': '校验和不符',
  'it is no JSON': '它不是 JSON',
  '{steps} steps need as many, got {count}': '{steps} 步需要同样多的数值，实有 {count} 个',
  'step {step} is beyond the {steps} that were made': '第 {step} 步超出了已走的 {steps} 步',
  'more than the batch of {size}': '超过了批量大小 {size}',
  'it has {size} bytes, an exported file at most {most} MiB':
    '它有 {size} 字节，而导出的文件最多 {most} MiB',
  '{count} {runs} taken before that': '在此之前已收入 {count} 次训练',

  // The browser's storage.
  "The browser's storage is full.": '浏览器的存储空间已满。',
  "The browser's storage is full: {reason}": '浏览器的存储空间已满：{reason}',
  "The browser's storage failed: {reason}.": '浏览器的存储出错：{reason}。',
  "The browser's database failed: {reason}.": '浏览器的数据库出错：{reason}。',
  'it gives the page none': '浏览器不给本页存储空间',
}
