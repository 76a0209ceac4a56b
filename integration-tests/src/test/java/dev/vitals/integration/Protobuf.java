package dev.vitals.integration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A message in protobuf's encoding, as much of it as OTLP needs to be read.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Encoding</a>
 */
record Protobuf(List<Field> fields) {
    /** A field's number, with its bytes, or its value where it is a number. */
    record Field(int number, ByteBuffer bytes, long value) {}

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    static Protobuf parse(byte[] message) {
        var fields = new ArrayList<Field>();
        ByteBuffer in = ByteBuffer.wrap(message).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long tag = varint(in);
            int number = (int) (tag >>> 3);
            fields.add(
                    switch ((int) tag & 7) {
                        case 0 -> new Field(number, NONE, varint(in));
                        case 1 -> new Field(number, NONE, in.getLong());
                        case 2 -> new Field(number, ByteBuffer.wrap(bytes(in)), 0);
                        case 5 -> new Field(number, NONE, in.getInt());
                        default -> throw new IllegalArgumentException("no protobuf: tag " + tag);
                    });
        }
        return new Protobuf(fields);
    }

    List<Protobuf> messages(int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .map(field -> parse(field.bytes().array()))
                .toList();
    }

    String text(int number) {
        return new String(bytes(number), UTF_8);
    }

    String hex(int number) {
        return HexFormat.of().formatHex(bytes(number));
    }

    long value(int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .mapToLong(Field::value)
                .findFirst()
                .orElse(0);
    }

    private byte[] bytes(int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .map(field -> field.bytes().array())
                .findFirst()
                .orElseGet(() -> new byte[0]);
    }

    private static byte[] bytes(ByteBuffer in) {
        var bytes = new byte[Math.toIntExact(varint(in))];
        in.get(bytes);
        return bytes;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
