package dev.belay.remote;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** The way to a host through the session of the one before it. */
final class JschBastion implements Proxy {
  private final Session session;
  private Channel channel;
  private InputStream in;
  private OutputStream out;

  JschBastion(Session session) {
    this.session = session;
  }

  @Override
  public void connect(SocketFactory factory, String host, int port, int timeout)
      throws JSchException, IOException {
    ChannelDirectTCPIP forward = (ChannelDirectTCPIP) session.getStreamForwarder(host, port);
    in = forward.getInputStream();
    out = forward.getOutputStream();
    forward.connect(timeout);
    channel = forward;
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public Socket getSocket() {
    return null;
  }

  @Override
  public void close() {
    if (channel != null) {
      channel.disconnect();
    }
  }
}
